"""Who is next: class, then due, then reference. Arrival alone and channel never decide.

The key never changes while a case waits, so delay cannot cost a case its place, and no planned
case ages past an urgent one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.rules.code import Code
from triage.rules.codes import Urgency

QueueKey = tuple[int, datetime, str]


class Escalation(Code):
    """How much of its time a case has used up."""

    NONE = "none", "In time"
    HALF = "half", "Half its time is gone"
    EIGHTY = "eighty", "Nearly late"
    LATE = "late", "Late"

    @property
    def percent(self) -> int:
        """The share of the time that is gone: what a case remembers as announced."""
        return {"none": 0, "half": 50, "eighty": 80, "late": 100}[self.value]


# A P0 alarms from the first second; the others at these shares of their time.
_STEPS = ((100, Escalation.LATE), (80, Escalation.EIGHTY), (50, Escalation.HALF))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the queue's order depends on."""

    reference: str
    urgency: Urgency
    submitted_at: datetime
    due_at: datetime

    @property
    def key(self) -> QueueKey:
        """The place in the queue; lower goes first."""
        return queue_key(self.urgency, self.due_at, self.reference)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A case's clock at one moment; `minutes` is negative once it is late."""

    minutes: int
    used_percent: int
    escalation: Escalation

    @property
    def is_overdue(self) -> bool:
        """Whether the due time has passed."""
        return self.escalation is Escalation.LATE


def queue_key(urgency: Urgency, due_at: datetime, reference: str) -> QueueKey:
    """Class, then due, then reference."""
    return (urgency.rank, due_at, reference)


def in_order(cases: Iterable[Waiting]) -> list[Waiting]:
    """The queue, most urgent first."""
    return sorted(cases, key=lambda case: case.key)


def time_left(case: Waiting, now: datetime) -> TimeLeft:
    """How long until the case is due, and how far its escalation has come."""
    allowed = max(case.due_at - case.submitted_at, timedelta(minutes=1))
    used = max(now - case.submitted_at, timedelta(0))
    return TimeLeft(
        minutes=(case.due_at - now) // timedelta(minutes=1),
        used_percent=100 * used // allowed,
        escalation=_escalation(case.urgency, 100 * used // allowed, late=now >= case.due_at),
    )


def needs_duty_clinician(case: Waiting, now: datetime) -> bool:
    """Whether an unplaced case goes to the duty clinician with a call for help.

    P0 at once; P1-P4 at half their time.
    """
    if case.urgency is Urgency.P0:
        return True
    return case.urgency.is_same_day and time_left(case, now).escalation is not Escalation.NONE


def call_due(case: Waiting, now: datetime, *, announced: int) -> Escalation | None:
    """The step of escalation that nobody announced yet; None when there is nothing new to say."""
    if not needs_duty_clinician(case, now):
        return None
    reached = time_left(case, now).escalation
    return reached if reached.percent > announced else None


def _escalation(urgency: Urgency, used_percent: int, *, late: bool) -> Escalation:
    if late:
        return Escalation.LATE
    if urgency is Urgency.P0:
        return Escalation.EIGHTY
    return next((step for share, step in _STEPS if used_percent >= share), Escalation.NONE)
