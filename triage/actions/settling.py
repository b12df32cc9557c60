"""What becomes of a case's appointment when the case ends."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from appointments import actions as appointments
from appointments.models import Booking
from practices.clock import local_day
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.contacting import check_tried
from triage.actions.sending_help import check_help_decided
from triage.actions.telling import tell_of
from triage.models import Case
from triage.rules.closing import EXPECTED, SEEN, is_ahead
from triage.rules.codes import Outcome
from triage.rules.states import State
from triage.rules.undoing import UNDO_FOR

UNSETTLED = ("booked", "arrived")
# Who did not come to a planned appointment is a case once somebody marks it, some days later.
MARKED_WITHIN = timedelta(days=7)


def check_appointment(case: Case, outcome: Outcome, *, at: datetime) -> None:
    """What is booked can be settled with the case; nobody unbooked is given up too early."""
    if case.state == State.BOOKED:
        _check_can_settle(case, at=at)
        _check_has_begun(case, outcome, at=at)
        return
    check_not_expected(case, at=at)
    if outcome is Outcome.NO_CONTACT:
        check_tried(case)
        check_help_decided(case)
    if outcome is Outcome.NOT_BROUGHT and not _has_missed(case, at=at):
        raise Refused(
            "No appointment of this patient was missed. Choose how the case ended.",
            code="not_missed",
            field="outcome",
        )


def _check_has_begun(case: Case, outcome: Outcome, *, at: datetime) -> None:
    """Nobody is seen, or was not brought, before the appointment: they still come to it."""
    visit = case.booking
    is_to_come = visit is not None and is_ahead(visit.state, visit.starts_at, at=at)
    if is_to_come and outcome in SEEN:
        raise Refused(
            "This appointment has not begun, and the patient has not arrived. Choose how it ended.",
            code="not_seen",
            field="outcome",
        )


def _has_missed(case: Case, *, at: datetime) -> bool:
    """An appointment of the case, or one that was planned ahead and made it a case."""
    missed = Booking.objects.filter(patient_id=case.patient_id, state="missed")
    asked = local_day(case.submitted_at)
    planned = missed.filter(case_ref="", day__range=(asked - MARKED_WITHIN, asked))
    with everywhere(because="the appointment a case is about", at=at):
        return missed.filter(case_ref=case.reference).exists() or planned.exists()


def check_not_expected(case: Case, *, at: datetime) -> None:
    """A case that left its booking is not closed, or booked twice, beside a live appointment."""
    if is_still_to_come(case, at=at):
        raise Refused(EXPECTED, code="booked")


def is_still_to_come(case: Case, *, at: datetime) -> bool:
    """Whether the case's appointment lives. One at the practice is beyond a hub's own reach."""
    if case.booking_id is None:
        return False
    with everywhere(because="the appointment a case is about", at=at):
        return _unsettled(case.booking_id).filter(ends_at__gt=at).exists()


def _check_can_settle(case: Case, *, at: datetime) -> None:
    """What becomes of the appointment is recorded with the case, so it has to be in reach."""
    if case.booking_id is None or case.booking is not None:
        return
    with everywhere(because="the appointment a case is about", at=at):
        is_open = _unsettled(case.booking_id).exists()
    if is_open:
        raise Refused(
            "This case has an appointment at the practice. The practice ends it.", code="booked"
        )


def _unsettled(booking_id: int) -> QuerySet[Booking]:
    """The appointment, as long as nobody has said what became of it."""
    return Booking.objects.filter(pk=booking_id, state__in=UNSETTLED)


def settle_booking(
    case: Case, booking: Booking, outcome: Outcome, *, by: Actor, at: datetime, done_at: datetime
) -> None:
    """The appointment is attended, missed or cancelled, as the outcome says.

    Whose appointment was still ahead reads that it is cancelled: nobody was seen at it.
    """
    if booking.state not in UNSETTLED:
        return
    was_ahead = is_ahead(booking.state, booking.starts_at, at=done_at)
    if outcome in {Outcome.NO_CONTACT, Outcome.NOT_BROUGHT}:
        appointments.mark_missed(booking_id=booking.pk, by=by, at=at)
    elif outcome in SEEN or (outcome is Outcome.ADVICE and not was_ahead):
        appointments.mark_attended(booking_id=booking.pk, by=by, at=at, happened_at=done_at)
    else:
        appointments.cancel(booking_id=booking.pk, because=outcome, by=by, at=at)
        if was_ahead:
            tell_of(booking, case, "cancelled", not_before=at + UNDO_FOR, by=by, at=at)
