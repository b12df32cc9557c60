"""Finding one case a place the way a person at a screen does: the list, the best line, book."""

from datetime import datetime, timedelta
from functools import partial

from appointments.models import Booking
from networks.actions.simulated.agenda import Day
from networks.rules.behaviour import CANCELS, DECLINES_HUB
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES
from triage.actions import book, cancel_booking, hold
from triage.queries.options import options
from triage.rules.candidates import Where
from triage.rules.codes import OptionKind
from triage.rules.routing import Option

# So many of the best lines are tried before a person gives up; and how long saying them takes.
LINES = 3
HOLD_SECONDS = 40
CANCELS_BEFORE = timedelta(minutes=30)


def place(day: Day, reference: str, *, by: Actor, at: datetime, in_time: bool = False) -> bool:
    """Whether the case is booked now, in the best line it and the patient accept.

    `in_time` leaves out lines after the case is due.
    """
    choices = day.read(options, reference, by=by, at=at)
    if choices is None:
        return False
    for no in choices.refused:
        day.counted[f"line_refused:{no.code}"] += 1
    lines = [one for one in choices.options if one.candidate.kind is OptionKind.SLOT]
    lines = [one for one in lines if not (in_time and one.is_late)]
    if any(one.candidate.where is Where.HUB for one in lines) and day.dice() < DECLINES_HUB:
        day.counted["hub_declined"] += 1
        lines = [one for one in lines if one.candidate.where is Where.OWN]
    for line in lines[:LINES]:
        slot = choices.slots[line.candidate.key]
        booking = _book(day, reference, line, slot.id, by=by, at=at)
        if booking is not None:
            _may_cancel(day, booking, at)
            return True
    return False


def _book(
    day: Day, reference: str, line: Option, slot_id: int, *, by: Actor, at: datetime
) -> Booking | None:
    """A clinician books at once; a receptionist holds the place while saying it aloud."""
    reason = "patient_choice" if line.needs_overflow_reason else ""
    if by.is_one_of(CLINICAL_ROLES):
        return day.wish(
            book, reference=reference, slot_id=slot_id, overflow_reason=reason, by=by, at=at
        )
    held = day.wish(hold, reference=reference, slot_id=slot_id, by=by, at=at)
    if held is None:
        return None
    return day.wish(
        book,
        reference=reference,
        hold_id=str(held.public_id),
        overflow_reason=reason,
        by=by,
        at=at + timedelta(seconds=HOLD_SECONDS),
    )


def _may_cancel(day: Day, booking: Booking, at: datetime) -> None:
    """A few patients call it off in time; the case then waits again."""
    latest = booking.starts_at - CANCELS_BEFORE
    if day.dice() >= CANCELS or latest <= at or booking.day != day.stage.day:
        return
    moment = at + (latest - at) * day.dice()
    day.agenda.put(moment, partial(_cancel, day, booking))


def _cancel(day: Day, booking: Booking, at: datetime) -> None:
    case = day.wish(
        cancel_booking,
        public_id=str(booking.public_id),
        because="patient",
        by=day.desks[booking.practice_id],
        at=at,
    )
    if case is not None:
        day.counted["cancelled"] += 1
