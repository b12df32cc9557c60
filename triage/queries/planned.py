"""Why: an appointment planned ahead of any case, and the times it could be moved to."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.models import Booking
from appointments.queries import BookingRow, FreeSlot, booking_row, free_slots
from practices.queries import PatientRow, patient_by_id
from triage.rules.planned import Where, may_be_moved_to

LOOK_AHEAD = timedelta(days=14)
NEAREST = 300
SHOWN = 24


@dataclass(frozen=True, slots=True)
class PlannedAhead:
    """One appointment without a case, whose it is, and where else it could be."""

    booking: BookingRow
    patient: PatientRow
    times: tuple[FreeSlot, ...]


def planned_ahead(public_id: uuid.UUID | str, *, at: datetime) -> PlannedAhead | None:
    """The appointment in reach, soonest other times first; None when absent, or of a case."""
    row = booking_row(public_id)
    if row is None or row.case_ref:
        return None
    held = Booking.objects.select_related("patient").get(pk=row.id)
    patient = patient_by_id(held.patient.public_id)
    return PlannedAhead(row, patient, _times(row, held, at=at)) if patient else None


def where_is(row: BookingRow) -> Where:
    """What its rules ask of the appointment as it is."""
    return Where(row.hub_id or 0, row.profession, row.mode)


def where_of(slot: FreeSlot) -> Where:
    """The same of a free place."""
    return Where(slot.hub_id or 0, slot.profession, slot.mode)


def _times(row: BookingRow, held: Booking, *, at: datetime) -> tuple[FreeSlot, ...]:
    free = free_slots(
        at=at,
        start=at,
        end=at + LOOK_AHEAD,
        most=NEAREST,
        hub_id=row.hub_id,
        practice_id=None if row.hub_id else held.slot.practice_id,
        is_double=held.is_double,
    )
    fits = [
        slot
        for slot in free
        if may_be_moved_to(where_is(row), where_of(slot), need=row.need, takes=slot.needs)
        and (not held.is_double or slot.pairs_left)
    ]
    return tuple(fits[:SHOWN])
