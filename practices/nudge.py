"""Tell the workers there is work. Losing the nudge loses nothing: the sweeper looks too."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge() -> None:
    """A sweep of the outbox is asked for; a broker that is down is a line in the log."""
    try:
        current_app.send_task("practices.tasks.sweep_outbox", retry=False, expires=30)
    except (OperationalError, ConnectionError, TimeoutError):
        logger.info("broker not reached; the sweeper will find the work")
