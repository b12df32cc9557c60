"""The desk cancels an appointment, and closes what is only planned if it is needed no longer."""

from datetime import datetime

from practices.rules.reach import Actor
from triage.actions.deciding import OutcomeWish, close
from triage.actions.placing import cancel_booking, case_and_booking
from triage.actions.telling import SAID_BY_PATIENT, tell_of
from triage.models import Case
from triage.rules.codes import Outcome, Urgency
from triage.rules.no_longer import NoLonger, check_may_close_unseen


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
