"""Looking at a patient's case again: by which day, why, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

from practices.rules.code import Code
from practices.rules.refusals import Refused

# Longer than this is a recall, which the practice's own system keeps (A).
LONGEST = timedelta(days=90)


class Why(Code):
    """What left the case to be looked at again."""

    ADVICE = "advice", "Advice given: watch and wait"
    WAITING_LIST = "waiting_list", "On the waiting list"
    PLANNED = "planned", "Routine, to be looked at again"


class How(Code):
    """What came of looking again."""

    KEPT = "kept", "Looked at, a new day"
    RAISED = "raised", "Raised: back in the queue"
    DONE = "done", "Looked at, nothing more to do"
    UNDONE = "undone", "Its closing was undone"


class Again(Code):
    """How long until somebody looks again; nobody does where nothing is chosen."""

    TOMORROW = "1", "Tomorrow"
    TWO_DAYS = "2", "In 2 days"
    WEEK = "7", "In 1 week"
    TWO_WEEKS = "14", "In 2 weeks"
    FOUR_WEEKS = "28", "In 4 weeks"

    @property
    def days(self) -> int:
        return int(self.value)


def check_look_by(look_by: date, *, today: date) -> None:
    """The day is still to come and near enough to be a second look, not a recall."""
    if look_by < today:
        raise Refused("Choose today or a later day", code="required", field="look_by")
    if look_by - today > LONGEST:
        raise Refused("Choose a day within the next 90 days", code="required", field="look_by")


def is_late(look_by: date, *, today: date) -> bool:
    """Whether somebody should have looked by now."""
    return look_by < today
