"""Whether the patient came: arrived, seen or missed, with what that means for the case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import booking_row
from appointments.rules.codes import Mode
from hubs.queries import hub_of_practice
from practices.clock import local_day
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, VersionMoved
from triage.actions.case_wish import CaseWish
from triage.actions.escalating import call_now
from triage.actions.stepping import lock_case, take_step
from triage.actions.submitting import submit
from triage.models import Case
from triage.rules.closing import must_be_brought
from triage.rules.codes import Channel, ClassStatus, Need, Urgency
from triage.rules.last_call import LastCall
from triage.rules.states import State, Step

VISIT = "Was not brought to an appointment that was planned. A clinician looks into it today."
CALL = "Nobody answered at a call that was planned. A clinician looks into it today."


def arrive(*, public_id: str, version: int | None = None, by: Actor, at: datetime) -> Booking:
    """The patient is in the waiting room."""
    return _mark(appointments.mark_arrived, public_id, version, by=by, at=at)[0]


def attend(*, public_id: str, version: int | None = None, by: Actor, at: datetime) -> Booking:
    """The patient was seen and it counts; the clinician closes the case."""
    return _mark(appointments.mark_attended, public_id, version, by=by, at=at)[0]


def miss(
    *, public_id: str, version: int | None = None, reference: str = "", by: Actor, at: datetime
) -> Booking:
    """The patient did not come; the case waits again, so that somebody looks after it.

    Whom somebody else has to bring does not miss an appointment, but was not brought: a clinician
    looks before anything.
    What was planned ahead has no case yet, and what a case left behind has none any more: both
    become one (`reference` is a simulation's own).
    """
    booking, case = _mark(appointments.mark_missed, public_id, version, by=by, at=at)
    if not booking.case_ref or (case is not None and not is_about(case, booking)):
        # A hub sees what was planned with it; whose it is, it sees once there is a case.
        with everywhere(because="who was not brought is a case of their practice", at=at):
            _review(booking, reference, by=by, at=at)
    elif case is not None and case.state == State.BOOKED:
        code, words = _what_was_missed(booking, case, at=at)
        missed = _looked_at_first(words) if is_brought(booking, case, at=at) else {}
        take_step(case, Step.UNBOOK, by=by, at=at, code=code, booking=None, **missed)
    return booking


def is_about(case: Case, booking: Booking) -> bool:
    """Whether the case still asks about this appointment, and did not end or get another."""
    return case.state != State.CLOSED and case.booking_id == booking.pk


def is_brought(booking: Booking, case: Case | None, *, at: datetime) -> bool:
    """Whether somebody else has to bring the patient, as the list or the caller said."""
    needs = {*booking.patient.access_needs, *(case.access_needs if case else ())}
    return must_be_brought(booking.patient.born_on, needs, on=local_day(at))


def is_reviewed(booking: Booking, *, at: datetime) -> bool:
    """Whether a missed appointment that no case is about becomes one: there is a queue for it."""
    has_hub = hub_of_practice(booking.practice_id, on=local_day(at)) is not None
    return has_hub and is_brought(booking, None, at=at)


def _review(booking: Booking, reference: str, *, by: Actor, at: datetime) -> None:
    """Who was not brought is a case of their practice; its duty clinician looks into it today.

    A practice that has left its hub has no queue to put it in; the missed appointment stands.
    """
    if not is_reviewed(booking, at=at):
        return
    wish = CaseWish(
        booking.patient_id,
        Need(booking.reason),
        channel=Channel.OTHER,
        words=CALL if Mode(booking.mode).is_remote else VISIT,
        raised_to=Urgency.P4,
        asked_by_nobody=True,
    )
    case = submit(wish=wish, by=by, at=at, reference=reference)
    call_now(case, LastCall.CHILD_MISSED, by=by, at=at)


def _what_was_missed(booking: Booking, case: Case, *, at: datetime) -> tuple[str, str]:
    """As a code and in words: nobody is brought to a call."""
    if Mode(booking.mode).is_remote:
        return "no_answer", "Did not answer"
    if is_brought(booking, case, at=at):
        return "not_brought", "Was not brought"
    return "missed", "Did not come"


def _looked_at_first(words: str) -> dict[str, Any]:
    return {
        "urgency_status": ClassStatus.PROVISIONAL.value,
        "bookable_now": False,
        "bookable_because": f"{words}: a clinician looks first",
    }


def _mark(
    action: Callable[..., Booking],
    public_id: str,
    version: int | None,
    *,
    by: Actor,
    at: datetime,
) -> tuple[Booking, Case | None]:
    """The case is locked first, as the lock order wants; planned appointments have none."""
    row = booking_row(public_id)
    if row is None:
        raise Absent
    has_case = Case.objects.filter(reference=row.case_ref).exists()
    case = lock_case(row.case_ref) if has_case else None
    fresh = booking_row(public_id)
    if version is not None and (fresh is None or fresh.version != version):
        raise VersionMoved("Somebody changed this booking since you opened it. Look again.")
    return action(booking_id=row.id, by=by, at=at), case
