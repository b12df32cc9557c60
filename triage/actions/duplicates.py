"""Which other case a duplicate is about: it stays open, and the patient's story goes on there."""

from practices.rules.refusals import Refused
from triage.models import Case
from triage.rules.codes import Outcome
from triage.rules.states import State


def other_case(case: Case, outcome: Outcome, reference: str) -> Case | None:
    """The other open case of the same patient, locked; None where the case is no duplicate.

    Two that name each other at once do not both end: what a colleague is just changing is no
    case to name, and nobody waits for it.
    """
    if outcome is not Outcome.DUPLICATE:
        return None
    found = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(
        reference=reference, patient_id=case.patient_id
    )
    other = found.exclude(pk=case.pk).exclude(state=State.CLOSED).first()
    if other is None:
        raise Refused(
            "Choose which other open case of this patient goes on. If there is none, this is no"
            " duplicate",
            code="no_other_case",
            field="outcome",
        )
    return other
