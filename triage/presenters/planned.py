"""An appointment planned ahead, in words: what it is, and the times it could be moved to."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import BookingState, Mode
from practices.clock import local_day
from practices.presenters import clock_words, day_words, time_words
from triage.presenters.contact import who_they_are
from triage.presenters.proposals import OR_RING
from triage.presenters.signs import Banner, banner
from triage.presenters.slot_links import slot_link
from triage.queries.planned import PlannedAhead, days_ahead

LIVE = ("booked", "arrived")
MOVED = f"The appointment is moved, and the patient gets a message. {OR_RING}"
JUST = {
    "cancelled": f"The appointment is cancelled, and the patient gets a message. {OR_RING}",
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A time it could be moved to."""

    slot_id: int
    words: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day it could be moved to; `is_shown`: its times are on the page."""

    words: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """The page; the appointment's own clinician has times of their own."""

    banner: Banner
    words: str
    session: str
    just: str
    is_live: bool
    may_move: bool
    days: tuple[DayLine, ...]
    day: str
    move: str
    clinician: str
    same: tuple[TimeLine, ...]
    others: tuple[TimeLine, ...]
    new: str


def planned_page(found: PlannedAhead, *, now: datetime, just: str = "") -> PlannedPage:
    """The appointment in words, whatever has become of it."""
    row, patient = found.booking, found.patient
    state = "" if row.state in LIVE else f". It is {BookingState(row.state).label.lower()} now"
    how = Mode(row.mode).label.lower()
    here = reverse("triage:planned", args=[row.public_id])
    move = reverse("triage:move_planned", args=[row.public_id])
    return PlannedPage(
        banner=banner(
            family_name=patient.family_name,
            given_name=patient.given_name,
            born_on=patient.born_on,
            nhs_number=patient.nhs_number,
            practice=patient.practice,
            now=now,
            alert=". ".join(who_they_are(patient.standing, born_estimated=patient.born_estimated)),
        ),
        words=f"{clock_words(row.starts_at)}, {how}, {row.clinician}, {row.site}{state}",
        session=slot_link(row.session, row.slot_id),
        just=JUST.get(just, ""),
        is_live=row.state in LIVE,
        may_move=row.state == "booked" and row.starts_at > now,
        days=_days(found, here, now=now),
        day=day_words(found.day),
        move=f"{move}?day={found.day}",
        clinician=row.clinician,
        same=tuple(
            TimeLine(slot.id, time_words(slot.starts_at))
            for slot in found.times
            if slot.clinician_id == row.clinician_id
        ),
        others=tuple(
            TimeLine(slot.id, f"{time_words(slot.starts_at)}, {slot.clinician}")
            for slot in found.times
            if slot.clinician_id != row.clinician_id
        ),
        new=reverse("triage:new", args=[patient.public_id]),
    )


def _days(found: PlannedAhead, here: str, *, now: datetime) -> tuple[DayLine, ...]:
    return tuple(
        DayLine(f"{day:%A} {day.day}", f"{here}?day={day}", day == found.day)
        for day in days_ahead(today=local_day(now))
    )
