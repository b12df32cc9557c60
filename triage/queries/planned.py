"""Why: an appointment planned ahead of any case, and the times it could be moved to."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appointments.models import Booking
from appointments.queries import BookingRow, FreeSlot, booking_row, free_slots
from practices.clock import local_day
from practices.queries import PatientRow, patient_by_id
from practices.rules.london import midnight
from triage.rules.planned import Where, may_be_moved_to

DAYS_AHEAD = 14
MOST = 300


@dataclass(frozen=True, slots=True)
class PlannedAhead:
    """One appointment without a case, whose it is, and where else it could be that day."""

    booking: BookingRow
    patient: PatientRow
    day: date
    times: tuple[FreeSlot, ...]


def planned_ahead(
    public_id: uuid.UUID | str, *, day: date | None = None, at: datetime
) -> PlannedAhead | None:
    """The appointment in reach; None when absent, or of a case.

    The times are of `day`, of its own where none is said: its clinician's first, then the soonest.
    """
    row = booking_row(public_id)
    if row is None or row.case_ref:
        return None
    held = Booking.objects.select_related("patient").get(pk=row.id)
    patient = patient_by_id(held.patient.public_id)
    if patient is None:
        return None
    when = _near(day or local_day(row.starts_at), today=local_day(at))
    return PlannedAhead(row, patient, when, _times(row, held, on=when, at=at))


def where_is(row: BookingRow) -> Where:
    """What its rules ask of the appointment as it is."""
    return Where(row.hub_id or 0, row.profession, row.mode)


def where_of(slot: FreeSlot) -> Where:
    """The same of a free place."""
    return Where(slot.hub_id or 0, slot.profession, slot.mode)


def days_ahead(*, today: date) -> tuple[date, ...]:
    """The days it could be moved to."""
    return tuple(today + timedelta(days=days) for days in range(DAYS_AHEAD))


def _near(day: date, *, today: date) -> date:
    """The day, or the nearest one it could be moved to."""
    days = days_ahead(today=today)
    return min(max(day, days[0]), days[-1])


def _times(row: BookingRow, held: Booking, *, on: date, at: datetime) -> tuple[FreeSlot, ...]:
    free = free_slots(
        at=at,
        start=max(at, midnight(on)),
        end=midnight(on + timedelta(days=1)),
        most=MOST,
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
    fits.sort(key=lambda slot: (slot.clinician_id != row.clinician_id, slot.starts_at, slot.id))
    return tuple(fits)
