"""Saying that the end of a case stands in the patient's clinical record."""

from datetime import datetime

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.stepping import lock_case
from triage.models import CaseOutcome, RecordEntry
from triage.rules.states import State


def write_in_record(*, reference: str, by: Actor, at: datetime) -> RecordEntry:
    """Who wrote the last end of the case down, and when; a second tick changes nothing."""
    case = lock_case(reference)
    if by.user_id is None or not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician says that it is in the record.")
    last = CaseOutcome.objects.filter(case=case).order_by("-id").first()
    if last is None or case.state != State.CLOSED:
        raise Conflict("This case is open, so its end cannot be in the record yet.")
    made, is_new = RecordEntry.objects.get_or_create(
        outcome=last, defaults={"case": case, "at": at, "by_id": by.user_id}
    )
    if is_new:
        audit.write("case.in_record", entity="case", entity_id=reference, by=by, at=at)
    return made
