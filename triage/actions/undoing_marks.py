"""Taking back that somebody arrived, or did not come, within seconds and by whose hand it was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries import booking_row
from appointments.rules.kept_for import PRACTICE
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict
from triage.actions.attending import is_reviewed
from triage.actions.stepping import last_step, lock_case
from triage.actions.undoing import undo_step
from triage.models import Case
from triage.queries.marks import Mark, last_mark
from triage.rules.states import Step
from triage.rules.undoing import check_mark


@dataclass(frozen=True, slots=True)
class Unmarked:
    """The appointment as it is again; a request that was made with what I said stays."""

    booking: Booking
    request_stays: bool = False


def undo_mark(*, public_id: UUID | str, version: int, by: Actor, at: datetime) -> Unmarked:
    """The patient is expected again, or is here, as before I said something else of them.

    `version` is the booking's after that. What was planned ahead may have become a request for who
    was not brought: that stands, and its duty clinician ends it.
    """
    row = booking_row(public_id)
    if row is None:
        raise Absent
    has_case = Case.objects.filter(reference=row.case_ref).exists()
    case = lock_case(row.case_ref) if has_case else None
    mark = _last(public_id, version)
    check_mark(mark.by_id, mark.at, by_id=by.user_id, now=at)
    if mark.state == "arrived":
        return Unmarked(appointments.mark_not_arrived(booking_id=row.id, by=by, at=at))
    if case is not None and _left(case, row.id):
        undone = undo_step(reference=row.case_ref, only=Step.UNBOOK, by=by, at=at)
        assert undone.booking is not None, "what was put back is booked"
        return Unmarked(undone.booking)
    back = appointments.put_back(
        booking_id=row.id, was_id=row.id, since=mark.at, asked_by=PRACTICE, by=by, at=at
    )
    if mark.was == "arrived":
        back = appointments.mark_arrived(booking_id=back.pk, by=by, at=at)
    return Unmarked(back, request_stays=is_reviewed(back, at=at))


def _left(case: Case, booking_id: int) -> bool:
    """Whether it was this appointment that the case lost last."""
    unbooked = last_step(case, Step.UNBOOK)
    return unbooked is not None and unbooked.before.get("booking_id") == booking_id


def _last(public_id: UUID | str, version: int) -> Mark:
    """What was said of it last, if nothing has become of it since."""
    row = booking_row(public_id)
    mark = last_mark(row.id) if row else None
    if row is None or mark is None or row.version != version or row.state != mark.state:
        raise Conflict("Something else has happened to this appointment.")
    return mark
