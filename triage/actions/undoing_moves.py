"""Taking back the move of an appointment: its patient keeps the old time and hears of no other."""

from datetime import datetime
from uuid import UUID

from appointments import actions as appointments
from appointments.models import Booking, Move
from appointments.queries import appointment_of, booking_row
from appointments.rules.kept_for import PRACTICE
from practices.actions import take_back
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict
from triage.actions.planned import ours
from triage.actions.telling import tell_if_never_told
from triage.actions.undoing import undo_step
from triage.rules.states import Step
from triage.rules.undoing import MOVED_BY_HAND, check_in_time


def undo_move(*, public_id: UUID | str, by: Actor, at: datetime) -> Booking:
    """What I moved within ten seconds is where it was, if that place is still free.

    Else nothing has changed, and the refusal says why. The patient is not told of the move, but of
    the old time if the news of that one had not left yet. `public_id` is of the new appointment.
    """
    row = booking_row(public_id)
    if row is None:
        raise Absent
    if not row.case_ref:
        return _undo_planned(public_id, by=by, at=at)
    undone = undo_step(reference=row.case_ref, only=Step.MOVE_BOOKING, by=by, at=at)
    assert undone.booking is not None, "what was put back is booked"
    return undone.booking


def _undo_planned(public_id: UUID | str, *, by: Actor, at: datetime) -> Booking:
    """The same where no case stands behind it: who moved it, and when, is on the move itself."""
    booking = ours(public_id, by=by)
    moved = Move.objects.filter(to_booking=booking, because__in=MOVED_BY_HAND).first()
    if moved is None or moved.by_id is None or moved.by_id != by.user_id:
        raise Conflict("Something else has happened to this appointment, so nothing was undone.")
    check_in_time(Step.MOVE_BOOKING, moved.at, now=at)
    back = appointments.put_back(
        booking_id=booking.pk,
        was_id=moved.from_booking_id,
        since=moved.at,
        asked_by=PRACTICE,
        by=by,
        at=at,
    )
    named = appointment_of(back)
    take_back("changed", case="", appointment=named, since=moved.at, by=by, at=at)
    tell_if_never_told(back, None, since=moved.at, by=by, at=at)
    return back
