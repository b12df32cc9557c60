"""Tell the workers there is work. Losing the nudge loses nothing: the sweeper looks too."""

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
SILENCE = 30.0


class Nudger:
    """Asks for a sweep of the outbox; a broker that is down costs one short wait in `SILENCE`.

    The wait is in the request of somebody who has just booked, so it is not paid each time.
    """

    def __init__(self) -> None:
        self.quiet_until = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self.quiet_until:
            return
        try:
            current_app.send_task("practices.tasks.sweep_outbox", retry=False, expires=30)
        except (OperationalError, ConnectionError, TimeoutError):
            self.quiet_until = time.monotonic() + SILENCE
            logger.info("broker not reached; the sweeper will find the work")


nudge = Nudger()
