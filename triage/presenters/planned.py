"""An appointment planned ahead, in words: what it is, and the times it could be moved to."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import BookingState, Mode
from practices.presenters import clock_words
from triage.presenters.contact import who_they_are
from triage.presenters.proposals import OR_RING
from triage.presenters.signs import Banner, banner, when_words
from triage.queries.planned import PlannedAhead

LIVE = ("booked", "arrived")
JUST = {
    "moved": f"The appointment is moved, and the patient gets a message. {OR_RING}",
    "cancelled": f"The appointment is cancelled, and the patient gets a message. {OR_RING}",
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A time it could be moved to."""

    slot_id: int
    words: str


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """The page."""

    banner: Banner
    words: str
    just: str
    is_live: bool
    may_move: bool
    times: tuple[TimeLine, ...]
    new: str


def planned_page(found: PlannedAhead, *, now: datetime, just: str = "") -> PlannedPage:
    """The appointment in words, whatever has become of it."""
    row, patient = found.booking, found.patient
    state = "" if row.state in LIVE else f". It is {BookingState(row.state).label.lower()} now"
    how = Mode(row.mode).label.lower()
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
        just=JUST.get(just, ""),
        is_live=row.state in LIVE,
        may_move=row.state == "booked" and row.starts_at > now,
        times=tuple(
            TimeLine(slot.id, f"{when_words(slot.starts_at, now=now)}, {slot.clinician}")
            for slot in found.times
        ),
        new=reverse("triage:new", args=[patient.public_id]),
    )
