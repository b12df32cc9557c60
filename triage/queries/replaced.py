"""Why: whose place a patient of an ended list has lost and may have again with their like."""

from collections.abc import Collection

from practices.rules.professions import Profession
from triage.models import CaseStep, Rehoming
from triage.rules.replacing import lost_a_place
from triage.rules.states import Step


def professions_replaced(lines: Collection[Rehoming]) -> dict[int, Profession]:
    """By line, the profession whose like may see the unsigned patient. One statement.

    A red flag, a hit of the word scan, or anything said since the place was given, and nobody is
    replaced: a clinician reads first. The lines come with case and old booking with its clinician.
    """
    steps: dict[int, list[Step]] = {}
    found = CaseStep.objects.filter(case__in=[line.case_id for line in lines]).order_by("id")
    for case_id, step in found.values_list("case_id", "step"):
        steps.setdefault(case_id, []).append(Step(step))
    return {
        line.pk: Profession(line.was.clinician.profession)
        for line in lines
        if not (line.case.red_flags or line.case.scan_hits)
        and lost_a_place(steps.get(line.case_id, []), was_planned_ahead=not line.was.case_ref)
    }
