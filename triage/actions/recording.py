"""Saying that the ends of a case stand in the patient's clinical record."""

from datetime import datetime

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.stepping import lock_case
from triage.models import RecordEntry
from triage.queries.ends import standing
from triage.rules.states import State


def write_in_record(*, reference: str, by: Actor, at: datetime) -> list[RecordEntry]:
    """Who wrote every end of the case down, and when; a second tick changes nothing."""
    case = lock_case(reference)
    if by.user_id is None or not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician says that it is in the record.")
    if case.state != State.CLOSED:
        raise Conflict("This case is open, so its end cannot be in the record yet.")
    owed = standing().filter(case=case, entry__isnull=True).order_by("pk")
    made = [
        RecordEntry.objects.create(outcome=one, case=case, at=at, by_id=by.user_id) for one in owed
    ]
    if made:
        audit.write("case.in_record", entity="case", entity_id=reference, by=by, at=at)
    return made
