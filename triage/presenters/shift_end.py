"""The handover sheet of a shift, in words, for the screen and for A4."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.clock import local_day
from practices.presenters import date_words, day_words, due_words, time_words
from triage.presenters.alarms import go_words
from triage.presenters.handovers import owner_words
from triage.presenters.signs import name_words
from triage.presenters.urgency import moment_words, sign_words
from triage.queries.done import DoneRow
from triage.queries.emergencies import EmergencyRow
from triage.queries.handovers import OwedRow
from triage.queries.queue_rows import QueueRow
from triage.queries.shift_end import ShiftEnd, Unsettled
from triage.queries.to_sign import ToTalkOver


@dataclass(frozen=True, slots=True)
class Line:
    """One patient: who, what is left, and the page where it is done (blank: none)."""

    who: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the sheet."""

    id: str
    heading: str
    empty: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it, with who printed it and when."""

    title: str
    stamp: str
    sessions: tuple[str, ...]
    is_clear: bool
    parts: tuple[Part, ...]


def sheet(found: ShiftEnd, *, name: str, now: datetime) -> Sheet:
    """What this person leaves, heading by heading."""
    emergencies = tuple(_emergency(one, now=now) for one in found.emergencies)
    parts = (
        Part("emergencies", "Emergencies I have", "I have no emergency in hand.", emergencies),
        *_parts(found, now=now),
    )
    return Sheet(
        title=f"Handover of {name}",
        stamp=f"{day_words(local_day(now))}, {time_words(now)}",
        sessions=tuple(
            f"{one.place}, {time_words(one.starts_at)} to {time_words(one.ends_at)}"
            for one in found.sessions
        ),
        is_clear=not any(part.lines for part in parts),
        parts=parts,
    )


def _parts(found: ShiftEnd, *, now: datetime) -> tuple[Part, ...]:
    """The headings below the emergencies, those with nothing under them too."""
    return (
        Part(
            "in-hand",
            "Left open with me",
            "I have no case in hand.",
            tuple(_case(row, now=now) for row in found.in_hand),
        ),
        Part(
            "handed-back",
            "Handed back, not accepted yet",
            "Every practice has answered.",
            tuple(_case(row, now=now) for row in found.handed_back),
        ),
        Part(
            "unsettled",
            "No outcome recorded",
            "Every appointment of mine says how it ended.",
            tuple(_unsettled(one) for one in found.unsettled),
        ),
        Part(
            "debriefs",
            "To talk over",
            "Nothing is left to talk over.",
            tuple(_debrief(one, now=now) for one in found.to_talk_over),
        ),
        Part(
            "owed",
            "Passed on, not accepted yet",
            "No closed case of mine waits to be accepted.",
            tuple(_owed(one, now=now) for one in found.owed),
        ),
        Part(
            "unwritten",
            "Not written in the record yet",
            "Every case I finished is written in the record.",
            tuple(_unwritten(one, now=now) for one in found.unwritten),
        ),
    )


def _emergency(one: EmergencyRow, *, now: datetime) -> Line:
    said = ", ".join(
        filter(None, [one.where, one.practice, f"since {moment_words(one.at, now=now)}"])
    )
    return Line(
        who=go_words(one),
        what=f"{said}, {one.reference}: "
        + ("say what happened" if one.acknowledged_at else "nobody has it"),
        href=reverse("triage:emergency_raised", args=[one.reference]),
    )


def _case(row: QueueRow, *, now: datetime) -> Line:
    return Line(
        who=f"{name_words(row.family_name, row.given_name)}, born {date_words(row.born_on)}",
        what=f"{sign_words(row.urgency)}, {row.need.label}, {row.practice},"
        f" {due_words(row.due_at, now=now)}, case {row.reference}",
        href=reverse("triage:case", args=[row.reference]),
    )


def _unsettled(one: Unsettled) -> Line:
    return Line(
        who=f"{name_words(one.family_name, one.given_name)}, born {date_words(one.born_on)}",
        what=f"Appointment at {time_words(one.starts_at)}: say whether the patient was seen",
        href=reverse("triage:case", args=[one.case_ref]) if one.case_ref else "",
    )


def _debrief(one: ToTalkOver, *, now: datetime) -> Line:
    row = one.row
    return Line(
        who=f"{name_words(row.family_name, row.given_name)}, born {date_words(row.born_on)}",
        what=f"{one.outcome.label} by {one.by} at {moment_words(one.at, now=now)},"
        f" case {row.reference}",
        href=reverse("triage:case", args=[row.reference]),
    )


def _owed(one: OwedRow, *, now: datetime) -> Line:
    return Line(
        who=f"{name_words(one.family_name, one.given_name)}, born {date_words(one.born_on)}",
        what=f"{one.what.label}, case {one.reference}. {owner_words(one, now=now)}",
        href=reverse("triage:case", args=[one.reference]),
    )


def _unwritten(one: DoneRow, *, now: datetime) -> Line:
    row = one.row
    return Line(
        who=f"{name_words(row.family_name, row.given_name)}, born {date_words(row.born_on)}",
        what=f"{one.outcome.label} at {moment_words(one.at, now=now)}, case {row.reference}",
        href=reverse("triage:record_note", args=[row.reference]),
    )
