"""Every minute: patients hear what is news to them, each thing once."""

import logging
from collections.abc import Callable

from celery import shared_task

from practices import clock
from practices.doors import Busy, opened, perform
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused
from triage.actions.news import remind, tell_late
from triage.queries.news_due import late_cases, reminders_due

logger = logging.getLogger(__name__)
CLOCKWORK = clockwork("news")


@shared_task(name="triage.tasks.tell_news")
def tell_news(**_: object) -> int:
    """Every due reminder and every late promise has been told; how many were."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        reminders, late = reminders_due(at=at), late_cases(at=at)
    told = [_told(remind, at=at, public_id=who) for who, _ in reminders]
    told += [_told(tell_late, at=at, reference=who) for who in late]
    return sum(told)


def _told(action: Callable[..., bool], **news: object) -> bool:
    """One trouble must not keep the news from everybody after it; the next minute tries again."""
    try:
        return bool(perform(action, by=CLOCKWORK, **news))
    except (Refused, Busy):
        logger.exception("news not told", extra={"news": action.__name__})
        return False
