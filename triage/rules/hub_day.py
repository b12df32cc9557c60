"""When a hub may close for the day: it owns nobody who cannot rightly wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from practices.rules.code import Code
from triage.rules.codes import Urgency
from triage.rules.states import State


class KeepsOpen(Code):
    """Why a case keeps the hub open; the label says what somebody has to do."""

    NOBODY = "nobody", "See to it, hand it over by name, or have a duty clinician take it"
    HELD = "held", "Finish it, or hand it over"
    HANDED_BACK = "handed_back", "The practice has not accepted it: call its duty clinician"
    TO_COME = "to_come", "The appointment is still to come"
    UNSETTLED = "unsettled", "The appointment is over: was the patient seen?"


@dataclass(frozen=True, slots=True)
class HubCase:
    """What the rule reads of one open case of the hub's queue.

    `is_held` by somebody whose lease lives; `is_held_by_practice` where they took it for the
    practice: the same GP on a shift at the hub has it for the hub.
    `seen_from`, `seen_until` are of an appointment at this hub.
    """

    state: State
    urgency: Urgency
    due_at: datetime
    is_held: bool = False
    is_held_by_practice: bool = False
    seen_from: datetime | None = None
    seen_until: datetime | None = None


def keeps_open(
    case: HubCase, *, now: datetime, day_ends: datetime, reads_again: datetime | None
) -> KeepsOpen | None:
    """Why the hub may not close while this case stands as it does; None: it may."""
    if case.state is State.CLOSED:
        return None
    if case.state is State.HANDED_BACK:
        return KeepsOpen.HANDED_BACK
    if case.state is State.BOOKED:
        return _booked(case, now=now, day_ends=day_ends)
    if case.is_held:
        return None if case.is_held_by_practice else KeepsOpen.HELD
    waits = reads_again is not None and case.due_at > reads_again
    return None if waits and not case.urgency.is_same_day else KeepsOpen.NOBODY


def _booked(case: HubCase, *, now: datetime, day_ends: datetime) -> KeepsOpen | None:
    if case.seen_from is None or case.seen_until is None or case.seen_from >= day_ends:
        return None
    return KeepsOpen.UNSETTLED if case.seen_until <= now else KeepsOpen.TO_COME
