"""Whether the patient came: arrived, seen or missed, with what that means for the case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import booking_row
from appointments.rules.codes import Mode
from practices.clock import local_day
from practices.rules.person_names import age_on
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, VersionMoved
from triage.actions.stepping import lock_case, take_step
from triage.models import Case
from triage.rules.closing import GROWN_UP
from triage.rules.codes import ClassStatus
from triage.rules.states import State, Step


def arrive(*, public_id: str, version: int | None = None, by: Actor, at: datetime) -> Booking:
    """The patient is in the waiting room."""
    return _mark(appointments.mark_arrived, public_id, version, by=by, at=at)[0]


def attend(*, public_id: str, version: int | None = None, by: Actor, at: datetime) -> Booking:
    """The patient was seen and it counts; the clinician closes the case."""
    return _mark(appointments.mark_attended, public_id, version, by=by, at=at)[0]


def miss(*, public_id: str, version: int | None = None, by: Actor, at: datetime) -> Booking:
    """The patient did not come; the case waits again, so that somebody looks after it.

    A child does not miss an appointment, but was not brought: a clinician looks before anything.
    """
    booking, case = _mark(appointments.mark_missed, public_id, version, by=by, at=at)
    if case is not None and case.state == State.BOOKED and case.booking_id == booking.pk:
        code, words = _what_was_missed(case, Mode(booking.mode), at=at)
        missed = _looked_at_first(words) if is_child(case, at=at) else {}
        take_step(case, Step.UNBOOK, by=by, at=at, code=code, booking=None, **missed)
    return booking


def is_child(case: Case, *, at: datetime) -> bool:
    """Whether somebody else has to bring the patient."""
    return age_on(case.patient.born_on, local_day(at)) < GROWN_UP


def _what_was_missed(case: Case, mode: Mode, *, at: datetime) -> tuple[str, str]:
    """As a code and in words: nobody is brought to a call."""
    if mode.is_remote:
        return "no_answer", "Did not answer"
    if is_child(case, at=at):
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
