"""When a case is due: which clock it runs on, and when a person must decide before the close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from hubs.rules.opening import CORE_CLOSES, Hours, next_core_close
from practices.rules.london import day_of, instant
from triage.rules.codes import Urgency

# Domain section 4: the bands of NHS Pathways; P5 and P6 run on core hours instead.
ELAPSED_MINUTES: Mapping[Urgency, int] = {
    Urgency.P0: 2,
    Urgency.P1: 60,
    Urgency.P2: 120,
    Urgency.P3: 360,
    Urgency.P4: 720,
}
# With less than this before the doors close, a person decides where an urgent case goes.
LAST_CALL = timedelta(minutes=60)


def due_for(urgency: Urgency, at: datetime, *, core: Hours, hub: Hours) -> datetime:
    """When the first clinical contact is due for a request that arrived at `at`.

    P0-P4 run on elapsed time, P3 and P4 no later than the day's close while it is still ahead;
    P5 and P6 are answered by the end of the next core-hours period.
    """
    at = at.astimezone(UTC)
    if urgency not in ELAPSED_MINUTES:
        return next_core_close(at, core)
    elapsed = at + timedelta(minutes=ELAPSED_MINUTES[urgency])
    if urgency is Urgency.P3:
        core_end = instant(day_of(at), CORE_CLOSES)
        return min(elapsed, core_end) if core_end > at else elapsed
    if urgency is Urgency.P4:
        close = day_close(at, core=core, hub=hub)
        return min(elapsed, close) if close and close > at else elapsed
    return elapsed


def due_after_change(
    current: Urgency,
    proposed: Urgency,
    due_at: datetime,
    *,
    submitted_at: datetime,
    core: Hours,
    hub: Hours,
) -> datetime:
    """When the case is due under its new class; the clock starts when it was submitted.

    A raise never makes it later, and a confirmation changes nothing.
    """
    if proposed is current:
        return due_at
    fresh = due_for(proposed, submitted_at, core=core, hub=hub)
    return min(fresh, due_at) if proposed.rank < current.rank else fresh


def due_by_look(look_by: date, *, core: Hours) -> datetime:
    """When a case that rests on the waiting list is due: as the day ends on which somebody looks.

    A day without core hours is followed by one that has some.
    """
    return next(core.periods_from(look_by)).closes_at


def day_close(at: datetime, *, core: Hours, hub: Hours) -> datetime | None:
    """When the last door of the day closes, of practice and hub; None if all are shut."""
    closes = [hours.closes_on(day_of(at)) for hours in (core, hub)]
    return max((close for close in closes if close), default=None)


def must_decide(
    urgency: Urgency, at: datetime, due_at: datetime, *, core: Hours, hub: Hours
) -> bool:
    """Whether a person has to decide now, because the case may not roll over to another day.

    True for P0, and for a same-day case that arrives when all is shut or is due too near the
    close (or past it) to be left to the queue.
    """
    if urgency is Urgency.P0:
        return True
    if not urgency.is_same_day:
        return False
    close = day_close(at, core=core, hub=hub)
    if close is None or not (core.is_open(at) or hub.is_open(at)):
        return True
    return due_at > close or due_at - at < LAST_CALL or close - at < LAST_CALL
