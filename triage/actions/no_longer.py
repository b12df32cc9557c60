"""An appointment is needed no longer: the desk, or a clinician who looked again, cancels it."""

from datetime import datetime

from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.claiming import check_mine
from triage.actions.deciding import OutcomeWish, close
from triage.actions.placing import cancel_booking, case_and_booking
from triage.actions.settling import is_still_to_come
from triage.actions.stepping import lock_case
from triage.actions.telling import tell_of
from triage.models import Case
from triage.rules.codes import Outcome, Urgency
from triage.rules.no_longer import SAID_BY_PATIENT, NoLonger, check_may_close_unseen

LOOKED_AGAIN = "looked_again"


def cancel_at_desk(
    *, public_id: str, because: str, closes: bool = False, by: Actor, at: datetime
) -> Case:
    """The appointment is cancelled; with `closes` a planned request is over as well."""
    if not closes:
        return cancel_booking(public_id=public_id, because=because, by=by, at=at)
    case = cancel_booking(public_id=public_id, because=because, told=False, by=by, at=at)
    check_may_close_unseen(Urgency(f"P{case.urgency}"), because)
    said = OutcomeWish(Outcome.ADMIN_DONE, note=NoLonger(because).label)
    close(reference=case.reference, wish=said, by=by, at=at)
    # Told once it is over: that we still have the request would be untrue by then.
    case, booking = case_and_booking(public_id)
    tell_of(booking, case, "cancelled", is_heard=because in SAID_BY_PATIENT, by=by, at=at)
    return case


def cancel_looked_at(
    *, reference: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Whoever has the case looked again: its appointment is not what the patient needs."""
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    if case.booking is None or not is_still_to_come(case, at=at):
        raise Refused("This case has no appointment that you can cancel.", code="stale")
    return cancel_booking(public_id=str(case.booking.public_id), because=LOOKED_AGAIN, by=by, at=at)
