"""The clockwork of promises: a sweep does what the outbox holds and nobody has done."""

import logging
import time

from celery import current_app, shared_task
from django.core.cache import cache

from practices import clock
from practices.actions import (
    deliver,
    finish_work,
    put_back,
    settle,
    take_up,
    take_work,
    tidy_drafts,
)
from practices.doors import opened, perform
from practices.post import NotNow, Unclear, post_office
from practices.queries import messages_on_the_way
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
    errand = perform(take_up, by=OUTBOX, at=clock.now(), message_id=message_id)
    if errand is None:
        return
    at = clock.now()
    # Not `perform`: it would repeat a wish whose text may have left the house already.
    with opened(OUTBOX.reach, at=at):
        deliver(errand=errand, post=post_office(), by=OUTBOX, at=at)


@shared_task
def hear_of_messages(**_: object) -> int:
    """What the carrier says of the messages it has is known here; how many it is done with."""
    return sum(_hear(letters=letters) for letters in (False, True))


def _hear(*, letters: bool) -> int:
    at = clock.now()
    with opened(OUTBOX.reach, at=at):
        waiting = messages_on_the_way(at=at, letters=letters)
    if waiting is None:
        return 0
    try:
        found = post_office().fates(of=waiting.references, since=waiting.since, letters=letters)
    except (NotNow, Unclear) as trouble:
        logger.info("carrier not heard", extra={"trouble": str(trouble)})
        return 0
    return perform(settle, by=OUTBOX, at=at, fates=found) if found else 0


@shared_task(name="practices.tasks.tidy_drafts")
def forget_drafts(**_: object) -> int:
    """What was typed a day ago and never sent is gone; how many drafts were."""
    return perform(tidy_drafts, by=clockwork("old drafts"), at=clock.now())
