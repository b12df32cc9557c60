"""Telling patients what nobody pressed a button for: a reminder, and that we are late."""

from datetime import datetime
from uuid import UUID

from appointments.models import Booking
from appointments.queries import appointment_of
from practices.queries import still_to_tell
from practices.rules.message_words import OF_AN_APPOINTMENT, News
from practices.rules.reach import Actor
from triage.actions.stepping import lock_case
from triage.actions.telling import tell_case, tell_of
from triage.models import Case
from triage.queries.news_due import due_of, late, late_window, reminder_window


def remind(*, public_id: UUID, by: Actor, at: datetime) -> bool:
    """The patient has the reminder that is due, once; False when the booking wants none now."""
    found = Booking.objects.filter(public_id=public_id, state="booked")
    booking = found.select_related("slot", "patient").select_for_update(of=("self",)).first()
    reminder = due_of(booking, at=at) if booking else None
    if booking is None or reminder is None or _is_untold(booking, at=at):
        return False
    case = Case.objects.filter(reference=booking.case_ref).first() if booking.case_ref else None
    window = reminder_window(appointment_of(booking), booking.starts_at, reminder)
    tell_of(booking, case, "reminder", window=window, by=by, at=at)
    return True


def tell_late(*, reference: str, by: Actor, at: datetime) -> bool:
    """The patient knows, once, that we have not forgotten; False when somebody has the case."""
    case = lock_case(reference)
    if not late(at=at).filter(pk=case.pk).exists():
        return False
    window = late_window(reference)
    tell_case("late", case, due_at=case.due_at, window=window, by=by, at=at)
    return True


def _is_untold(booking: Booking, *, at: datetime) -> bool:
    """Whether somebody still has to tell the patient of it: a reminder would take its place."""
    found = still_to_tell(at=at).filter(
        kind__in=OF_AN_APPOINTMENT - {News.REMINDER},
        patient_id=booking.patient_id,
        case_ref=booking.case_ref,
    )
    planned = None if booking.case_ref else appointment_of(booking)
    return found.filter(appointment=planned).exists()
