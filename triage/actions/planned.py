"""Appointments planned ahead, without a case: cancelled with a reason, or moved in one step."""

from datetime import date, datetime
from uuid import UUID

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import booking_row, slot_with_places
from appointments.rules.kept_for import PRACTICE
from practices.actions.reading import log_seen
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.actions.telling import tell_of
from triage.queries.planned import PlannedAhead, planned_ahead, where_is, where_of
from triage.rules.no_longer import SAID_BY_PATIENT
from triage.rules.planned import check_may_be_moved_to
from triage.rules.undoing import UNDO_FOR


def open_planned(
    *, public_id: UUID | str, day: date | None = None, by: Actor, at: datetime
) -> PlannedAhead:
    """The appointment and where else it could be that day, with a line that says who looked."""
    found = planned_ahead(public_id, day=day, at=at)
    if found is None or found.booking.practice_id not in by.reach.own:
        raise Absent
    log_seen([found.patient.id], page="planned", by=by, at=at)
    return found


def cancel_planned(*, public_id: UUID | str, because: str, by: Actor, at: datetime) -> Booking:
    """The place is free, the reason is kept, and the patient is told."""
    booking = ours(public_id, by=by)
    cancelled = appointments.cancel(booking_id=booking.pk, because=because, by=by, at=at)
    tell_of(cancelled, None, "cancelled", is_heard=because in SAID_BY_PATIENT, by=by, at=at)
    return cancelled


def move_planned(*, public_id: UUID | str, to_slot_id: int, by: Actor, at: datetime) -> Booking:
    """The patient is in the other place, in one step, and is told of it."""
    booking = ours(public_id, by=by)
    row, slot = booking_row(public_id), slot_with_places(to_slot_id, at=at)
    if row is None or slot is None:
        raise Absent
    check_may_be_moved_to(where_is(row), where_of(slot), need=row.need, takes=slot.needs)
    made = appointments.move(
        booking_id=booking.pk,
        to_slot_id=to_slot_id,
        because="patient_asked",
        is_urgent=False,
        asked_by=PRACTICE,
        by=by,
        at=at,
    )
    tell_of(made.to_booking, None, "changed", not_before=at + UNDO_FOR, by=by, at=at)
    return made.to_booking


def ours(public_id: UUID | str, *, by: Actor) -> Booking:
    """The appointment, if it is our patient's and no case stands behind it."""
    found = Booking.objects.filter(
        public_id=public_id, case_ref="", practice_id__in=by.reach.own
    ).first()
    if found is None:
        raise Absent
    return found
