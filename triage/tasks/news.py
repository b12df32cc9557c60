"""Every minute: patients hear what is news to them, each thing once."""

from celery import shared_task

from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork
from triage.actions.news import remind, tell_late
from triage.queries.news_due import late_cases, reminders_due

CLOCKWORK = clockwork("news")


@shared_task(name="triage.tasks.tell_news")
def tell_news(**_: object) -> int:
    """Every due reminder and every late promise has been told; how many were."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        reminders, late = reminders_due(at=at), late_cases(at=at)
    told = [perform(remind, by=CLOCKWORK, at=at, public_id=who) for who, _ in reminders]
    told += [perform(tell_late, by=CLOCKWORK, at=at, reference=who) for who in late]
    return sum(told)
