"""The clockwork of promises: a sweep does what the outbox holds and nobody has done."""

import logging
import time

from celery import current_app, shared_task
from django.core.cache import cache

from practices import clock
from practices.actions import deliver, finish_work, put_back, take_work
from practices.doors import perform
from practices.post import post_office
from practices.rules.reach import clockwork

logger = logging.getLogger(__name__)
SWEEP_LIMIT = 200
# A sweep ends well before Celery's own time limits would end it; the next one goes on.
SWEEP_SECONDS = 60.0
OUTBOX = clockwork("outbox")


@shared_task
def sweep_outbox(**_: object) -> int:
    """Every due promise is kept, or stands with its trouble named; how many were looked at."""
    until = time.monotonic() + SWEEP_SECONDS
    for looked_at in range(SWEEP_LIMIT):
        if time.monotonic() > until:
            return looked_at
        work = perform(take_work, by=OUTBOX, at=clock.now())
        if work is None:
            return looked_at
        try:
            current_app.tasks[work.task].run(**work.payload)
        except Exception as trouble:
            # A named boundary: one bad promise must not stop the others.
            logger.exception("promise not kept", extra={"work": work.id, "task": work.task})
            perform(
                put_back,
                by=OUTBOX,
                at=clock.now(),
                work_id=work.id,
                trouble=type(trouble).__name__,
            )
        else:
            perform(finish_work, by=OUTBOX, at=clock.now(), work_id=work.id)
    return SWEEP_LIMIT


@shared_task
def pong(*, token: str) -> None:
    """A round trip: the token lies in the cache, so whoever asked knows a worker is alive."""
    cache.set(f"pong:{token}", "pong", timeout=60)


@shared_task
def deliver_message(*, message_id: int) -> None:
    """The message has gone to the provider once; a second delivery of this task changes nothing."""
    perform(deliver, by=OUTBOX, at=clock.now(), message_id=message_id, post=post_office())
