"""When a practice may go home: nobody of today is without an answer or an answerer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from practices.rules.code import Code
from triage.rules.codes import Urgency
from triage.rules.states import State


class Loose(Code):
    """Why a case keeps the day from being clear; the label says what somebody has to do."""

    EMERGENCY = "emergency", "Emergency: a clinician takes it now, and says what became of it"
    OVERDUE = "overdue", "Late: call the patient, or hand it over by name"
    DUE_TODAY = "due_today", "Not finished"
    HANDED_BACK = "handed_back", "The hub waits for our answer"
    UNSETTLED = "unsettled", "The appointment is over: was the patient seen?"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule reads of one case; `seen_until` is the end of its appointment, if booked."""

    state: State
    due_at: datetime
    seen_until: datetime | None = None
    urgency: Urgency = Urgency.P6


def loose_end(case: Standing, *, now: datetime, day_ends: datetime) -> Loose | None:
    """What is left to do about the case today; None when it can wait with a clear mind."""
    if case.state is State.CLOSED:
        return None
    if case.state is State.HANDED_BACK:
        return Loose.HANDED_BACK
    if case.state is State.BOOKED and case.seen_until is not None:
        return Loose.UNSETTLED if case.seen_until <= now else None
    if case.urgency is Urgency.P0:
        return Loose.EMERGENCY
    if case.due_at < now:
        return Loose.OVERDUE
    return Loose.DUE_TODAY if case.due_at < day_ends else None
