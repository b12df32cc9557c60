"""Putting one's name to a class: who may, and how ending an urgent case does it too."""

from datetime import datetime
from typing import Any

from hubs.rules.scope import may_triage
from practices import audit
from practices.models import Clinician
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from practices.rules.roles import CLINICAL_ROLES
from triage.models import Case
from triage.rules.closing import must_be_signed
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.states import State

WHY = "A clinician has signed the class"


def may_sign(by: Actor) -> bool:
    """Whether this person may put their name to a class."""
    if by.clinician_id is None or not by.is_one_of(CLINICAL_ROLES):
        return False
    return may_triage(Profession(Clinician.objects.get(pk=by.clinician_id).profession))


def signed_by(by: Actor) -> dict[str, Any]:
    """What a signature changes on the case."""
    return {
        "urgency_status": ClassStatus.SIGNED.value,
        "signed_by_id": by.clinician_id,
        "bookable_now": True,
        "bookable_because": WHY,
    }


def sign_with_end(case: Case, *, by: Actor, at: datetime) -> dict[str, Any]:
    """What ending the case changes of its class: no urgent one ends with a class nobody signed.

    Who ends it signs the class it has, in the same step; undoing the end takes the name back.
    """
    is_signed = case.urgency_status == ClassStatus.SIGNED
    urgency = Urgency(f"P{case.urgency}")
    if not must_be_signed(urgency, is_signed=is_signed):
        return {}
    if may_sign(by):
        facts = {"urgency": urgency.value}
        audit.write("case.signed", entity="case", entity_id=case.reference, by=by, at=at, **facts)
        return signed_by(by)
    # Seen at an appointment that a protocol allowed: whoever saw the patient says how it ended.
    if case.state == State.BOOKED:
        return {}
    raise Refused(
        f"Nobody has signed that this is {urgency.value}. A clinician who may sign a class does so"
        " first.",
        code="unsigned",
    )
