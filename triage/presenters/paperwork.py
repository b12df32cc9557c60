"""The practice's own tasks in words."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import clock_words, date_words
from practices.rules.reach import Actor
from triage.presenters.signs import Left, case_address, left, name_words
from triage.queries.paperwork import Task, Tasks


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: whose, what, by when, who has it, and what I may press."""

    reference: str
    name: str
    born: str
    href: str
    words: str
    due: Left
    who: str
    is_mine: bool
    is_free: bool


@dataclass(frozen=True, slots=True)
class TasksPage:
    """The page."""

    heading: str
    lines: tuple[TaskLine, ...]
    more: str


def tasks_page(found: Tasks, *, me: Actor, now: datetime) -> TasksPage:
    """The tasks in words, with how many are mine and how many nobody has."""
    mine = sum(task.row.taken_by_id == me.user_id for task in found.rows)
    free = sum(task.row.taken_by_id is None for task in found.rows)
    return TasksPage(
        heading=f"Practice tasks: you have {mine}, nobody has {free}",
        lines=tuple(_line(task, me=me, now=now) for task in found.rows),
        more=f"{found.more} more are due later." if found.more else "",
    )


def _line(task: Task, *, me: Actor, now: datetime) -> TaskLine:
    row = task.row
    return TaskLine(
        reference=row.reference,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        href=case_address(row.reference, by=me),
        words=task.words or "Nothing was written down: ask the patient",
        due=left(row.due_at, now=now),
        who=task_owner(row.taken_by, row.taken_at, row.practice),
        is_mine=row.taken_by_id == me.user_id,
        is_free=row.taken_by_id is None,
    )


def task_owner(taken_by: str, taken_at: datetime | None, practice: str) -> str:
    """Who answers for a task: a person by name, else the practice's own team."""
    if taken_by and taken_at:
        return f"{taken_by}, since {clock_words(taken_at)}"
    return f"{practice}, practice tasks"
