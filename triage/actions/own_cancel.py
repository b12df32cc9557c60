"""The patient cancels by their own link: unguessable, dated, and behind their date of birth.

Nothing of the patient is read out before the date of birth fits. What is wrong is kept, so it is
an answer and no refusal: a refusal would undo it.
"""

from datetime import date, datetime

from django.core.signing import BadSignature

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import BookingRow, booking_row
from practices import audit
from practices.rules.reach import Actor, clockwork
from practices.rules.refusals import Absent
from triage.actions.own_links import SIGNER
from triage.actions.placing import case_and_booking
from triage.actions.stepping import take_step
from triage.actions.telling import tell_of
from triage.models import Case, OwnCancelTry
from triage.rules.codes import ClassStatus
from triage.rules.no_longer import BY_OWN_LINK
from triage.rules.own_cancel import TRIES_EVER, WITHIN, Answer, may_try
from triage.rules.states import State, Step

# A patient has no membership; what the link may do is in this file and nowhere else.
PATIENT = clockwork("the patient's link")


def ask_own_link(*, link: str, by: Actor, at: datetime) -> Answer:
    """Whether the link still works; who it belongs to is not said."""
    booking = _booking_of(link)
    if booking is None or booking.state != "booked" or booking.starts_at <= at:
        return Answer.GONE
    return Answer.ASKS


def appointment_by_link(
    *, link: str, born_on: date, by: Actor, at: datetime
) -> Answer | BookingRow:
    """Which appointment the link is about, if the date of birth fits; nothing is changed yet."""
    found = _opened(link, born_on, by=by, at=at)
    if isinstance(found, Answer):
        return found
    row = booking_row(str(found[1].public_id))
    return Answer.GONE if row is None else row


def cancel_by_link(*, link: str, born_on: date, by: Actor, at: datetime) -> Answer:
    """The appointment is cancelled if the date of birth fits; its case waits for a clinician."""
    found = _opened(link, born_on, by=by, at=at)
    if isinstance(found, Answer):
        return found
    _cancel(*found, by=by, at=at)
    return Answer.DONE


def _opened(link: str, born_on: date, *, by: Actor, at: datetime) -> Answer | tuple[Case, Booking]:
    """What the link is about, locked, if the date of birth fits.

    Each wrong date is kept and counts; while there are too many, right ones are not read either.
    """
    named = _booking_of(link)
    if named is None or ask_own_link(link=link, by=by, at=at) is Answer.GONE:
        return Answer.GONE
    try:
        case, booking = case_and_booking(str(named.public_id))
    except Absent:
        return Answer.GONE
    if booking.state != "booked":
        return Answer.GONE
    # Taken again after its list was, the same place does not give a guesser the tries again.
    same = {"booking__case_ref": booking.case_ref, "booking__slot": booking.slot_id}
    wrong = OwnCancelTry.objects.filter(**same)
    if not may_try(wrong.filter(at__gt=at - WITHIN).count(), wrong.count()):
        return Answer.NEVER if wrong.count() >= TRIES_EVER else Answer.TOO_OFTEN
    if case.patient.born_on != born_on:
        OwnCancelTry.objects.create(booking=booking, at=at)
        audit.write("link.refused", entity="booking", entity_id=booking.pk, by=by, at=at)
        return Answer.WRONG
    return case, booking


def _cancel(case: Case, booking: Booking, *, by: Actor, at: datetime) -> None:
    """A patient who cancels may be better, or worse: a clinician looks before it is booked anew."""
    if case.state == State.BOOKED and case.booking_id == booking.pk:
        take_step(
            case,
            Step.UNBOOK,
            by=by,
            at=at,
            code=BY_OWN_LINK,
            booking=None,
            urgency_status=ClassStatus.PROVISIONAL.value,
            bookable_now=False,
            bookable_because="The patient cancelled: a clinician looks first",
        )
    appointments.cancel(booking_id=booking.pk, because=BY_OWN_LINK, by=by, at=at)
    tell_of(booking, case, "cancelled", by=by, at=at)


def _booking_of(link: str) -> Booking | None:
    """The appointment a link names; where it ended and its case has that place again, the new one.

    A list that is taken back books the old place anew, and the patient, who was told nothing, has
    the link of the first text alone.
    """
    public_id = _read(link)
    named = Booking.objects.filter(public_id=public_id).first() if public_id else None
    if named is None or named.state == "booked" or not named.case_ref:
        return named
    again = Booking.objects.filter(case_ref=named.case_ref, slot=named.slot_id, state="booked")
    return again.first() or named


def _read(link: str) -> str:
    """The appointment a link names; nothing where we did not sign it."""
    try:
        return SIGNER.unsign(link)
    except BadSignature:
        return ""
