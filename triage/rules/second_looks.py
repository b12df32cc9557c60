"""Looking at a patient's case again: by which day, why, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

from practices.rules.code import Code


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
    """How long until somebody looks again. Longer is a recall, which the practice keeps (A)."""

    TOMORROW = "1", "Tomorrow"
    TWO_DAYS = "2", "In 2 days"
    WEEK = "7", "In 1 week"
    TWO_WEEKS = "14", "In 2 weeks"
    FOUR_WEEKS = "28", "In 4 weeks"

    @property
    def days(self) -> int:
        return int(self.value)


# Who goes on the waiting list is looked at again within a week (A).
FIRST_LOOK = Again.WEEK


def first_look(listed_on: date) -> date:
    """By which day somebody looks again at who goes on the waiting list on a day."""
    return listed_on + timedelta(days=FIRST_LOOK.days)


def is_late(look_by: date, *, today: date) -> bool:
    """Whether somebody should have looked by now."""
    return look_by < today
