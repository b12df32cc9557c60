"""The end of the day in words: what is left to do comes first, and who does it."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import date_words, time_words
from practices.rules.reach import Actor
from triage.presenters.handovers import OwedLine, owed_line
from triage.presenters.signs import Left, Sign, case_address, left, name_words, priority, when_words
from triage.presenters.urgency import who_words
from triage.queries.all_clear import DayCase, PracticeDay
from triage.rules.codes import Urgency
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Line:
    """One patient of today."""

    href: str
    name: str
    born: str
    need: str
    priority: Sign
    left: Left
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows; `is_clear` when nothing is left to do today."""

    heading: str
    is_clear: bool
    loose: tuple[Line, ...]
    waiting: tuple[Line, ...]
    done: tuple[Line, ...]
    owed: tuple[OwedLine, ...]


def page(day: PracticeDay, *, by: Actor, now: datetime) -> Page:
    """The day as the practice reads it before it closes."""

    def lines(cases: tuple[DayCase, ...]) -> tuple[Line, ...]:
        return tuple(_line(one, by=by, now=now) for one in cases)

    count = len(day.loose) + len(day.owed)
    return Page(
        heading=f"Not clear: {count} {'patient' if count == 1 else 'patients'} to see to"
        if count
        else "All clear",
        is_clear=not count,
        loose=lines(day.loose),
        waiting=lines(day.waiting),
        done=lines(day.done),
        owed=tuple(owed_line(one, now=now) for one in day.owed),
    )


def _line(one: DayCase, *, by: Actor, now: datetime) -> Line:
    row = one.row
    return Line(
        href=case_address(row.reference, by=by),
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        need=row.need.label,
        priority=priority(row.urgency),
        left=left(row.due_at, now=now, at_once=row.urgency is Urgency.P0),
        what=one.loose.label if one.loose else _what(one, now=now),
        who=_who(one, by=by),
    )


def _what(one: DayCase, *, now: datetime) -> str:
    """What became of it, or what it rightly waits for."""
    if one.ending is not None:
        told = "" if one.ending.has_safety_net else ", no safety net"
        return f"{one.ending.outcome.label} at {time_words(one.ending.at)}{told}"
    if one.row.state is State.BOOKED and one.place is not None:
        return f"Booked {when_words(one.place.starts_at, now=now)}"
    return "Waits, and may: it is due later"


def _who(one: DayCase, *, by: Actor) -> str:
    """Who saw the patient, who will, or who has the case."""
    if one.ending is not None:
        return one.ending.by or "Not recorded"
    if one.row.state is State.BOOKED and one.place is not None:
        where = one.row.hub if one.place.is_at_hub else one.row.practice
        return f"{one.place.clinician}, {where}"
    if one.row.state is State.HANDED_BACK:
        return f"{one.row.hub} until we accept"
    return who_words(one.row, clinician_id=by.clinician_id) or f"{one.row.hub}, nobody yet"
