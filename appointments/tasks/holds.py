"""The clockwork of holds."""

from celery import shared_task

from appointments.actions import tidy_holds as tidy
from practices import clock
from practices.doors import perform
from practices.rules.reach import clockwork


@shared_task(name="appointments.tasks.tidy_holds")
def tidy_holds(**_: object) -> int:
    """Holds that ran out are marked so; nothing waits for this."""
    return perform(tidy, by=clockwork("holds that ran out"), at=clock.now())
