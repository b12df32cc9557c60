"""The appointments a patient already has, said before another one is booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.queries import BookingRow
from practices.clock import local_day
from practices.presenters import day_words, time_words


@dataclass(frozen=True, slots=True)
class ComingLine:
    """One of them; `href` is where it is cancelled or moved, empty where not by whoever looks."""

    words: str
    href: str


def coming_lines(
    rows: Iterable[BookingRow], *, at_desk: bool, now: datetime
) -> tuple[ComingLine, ...]:
    """When and with whom, soonest first. What was planned ahead is its practice's desk's alone."""
    return tuple(
        ComingLine(
            words=f"Has an appointment {where_words(row, now=now)}",
            href=_where(row, at_desk=at_desk),
        )
        for row in rows
    )


def place_to_leave(rows: Iterable[BookingRow], moving: str, *, now: datetime) -> str:
    """Where the appointment that is being moved is until then; empty where none is."""
    found = (where_words(row, now=now) for row in rows if str(row.public_id) == moving)
    return next(found, "")


def _where(row: BookingRow, *, at_desk: bool) -> str:
    if row.case_ref:
        return reverse("triage:desk", args=[row.case_ref])
    return reverse("triage:planned", args=[row.public_id]) if at_desk else ""


def where_words(row: BookingRow, *, now: datetime) -> str:
    """ "today at 9:30am with Dr Oak, Oak Surgery"."""
    day = local_day(row.starts_at)
    told = "today" if day == local_day(now) else f"on {day_words(day)}"
    return f"{told} at {time_words(row.starts_at)} with {row.clinician}, {row.place_name}"
