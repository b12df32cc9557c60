"""The patient cancels by their own link: unguessable, dated, and behind their date of birth.

Nothing of the patient is read out before the date of birth fits. What is wrong is kept, so it is
an answer and no refusal: a refusal would undo it.
"""

from datetime import date, datetime

from django.core.signing import BadSignature

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import booking_row
from practices import audit
from practices.rules.reach import Actor, clockwork
from practices.rules.refusals import Absent
from triage.actions.own_links import SIGNER
from triage.actions.placing import case_and_booking, tell_of
from triage.actions.stepping import take_step
from triage.models import Case, OwnCancelTry
from triage.rules.codes import ClassStatus
from triage.rules.own_cancel import TRIES_EVER, WITHIN, Answer, may_try
from triage.rules.states import State, Step

WHY = "patient_cancelled"
# A patient has no membership; what the link may do is in this file and nowhere else.
PATIENT = clockwork("the patient's link")


def ask_own_link(*, link: str, by: Actor, at: datetime) -> Answer:
    """Whether the link still works; who it belongs to is not said."""
    public_id = _read(link)
    row = booking_row(public_id) if public_id else None
    if row is None or row.state != "booked" or row.starts_at <= at:
        return Answer.GONE
    return Answer.ASKS


def cancel_by_link(*, link: str, born_on: date, by: Actor, at: datetime) -> Answer:
    """The appointment is cancelled if the date of birth fits; its case waits for a clinician.

    Each wrong date is kept and counts; while there are too many, right ones are not read either.
    """
    if ask_own_link(link=link, by=by, at=at) is Answer.GONE:
        return Answer.GONE
    try:
        case, booking = case_and_booking(_read(link))
    except Absent:
        return Answer.GONE
    if booking.state != "booked":
        return Answer.GONE
    wrong = OwnCancelTry.objects.filter(booking=booking)
    if not may_try(wrong.filter(at__gt=at - WITHIN).count(), wrong.count()):
        return Answer.NEVER if wrong.count() >= TRIES_EVER else Answer.TOO_OFTEN
    if case.patient.born_on != born_on:
        OwnCancelTry.objects.create(booking=booking, at=at)
        audit.write("link.refused", entity="booking", entity_id=booking.pk, by=by, at=at)
        return Answer.WRONG
    _cancel(case, booking, by=by, at=at)
    return Answer.DONE


def _cancel(case: Case, booking: Booking, *, by: Actor, at: datetime) -> None:
    """A patient who cancels may be better, or worse: a clinician looks before it is booked anew."""
    if case.state == State.BOOKED and case.booking_id == booking.pk:
        take_step(
            case,
            Step.UNBOOK,
            by=by,
            at=at,
            code=WHY,
            booking=None,
            urgency_status=ClassStatus.PROVISIONAL.value,
            bookable_now=False,
            bookable_because="The patient cancelled: a clinician looks first",
        )
    appointments.cancel(booking_id=booking.pk, because=WHY, by=by, at=at)
    tell_of(booking, case, "cancelled", by=by, at=at)


def _read(link: str) -> str:
    """The appointment a link names; nothing where we did not sign it."""
    try:
        return SIGNER.unsign(link)
    except BadSignature:
        return ""
