"""Why: what one clinician may do with a case, so that the page can say it before the refusal."""

from dataclasses import dataclass
from datetime import datetime

from hubs.rules.scope import PatientFacts, for_whom_else, may_triage
from practices.clock import local_day
from practices.models import Clinician
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.queries.queue_rows import QueueRow
from triage.queries.signers import is_triaged_by_gp
from triage.rules.codes import ClassStatus
from triage.rules.lanes import OURS, Lane

WAITS = "This case waits for somebody who may sign its class."


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether I may sign a class, and why the patient is not for me (empty: they are)."""

    may_sign: bool
    outside_scope: str


def standing_of(clinician_id: int | None, row: QueueRow, *, at: datetime) -> Standing:
    """How this clinician stands to the case. Two statements."""
    me = Clinician.objects.filter(pk=clinician_id or 0).first()
    if me is None:
        return Standing(may_sign=False, outside_scope="You are not listed as a clinician.")
    profession = Profession(me.profession)
    refusal = for_whom_else(profession, facts_of_row(row, at=at))
    waits = "" if row.status is ClassStatus.SIGNED or may_triage(profession) else WAITS
    why_not = OURS if row.lane is Lane.PRACTICE else str(refusal) if refusal else waits
    return Standing(may_sign=may_triage(profession), outside_scope=why_not)


def facts_of_row(row: QueueRow, *, at: datetime) -> PatientFacts:
    """What scope depends on. One statement."""
    return PatientFacts(
        need=row.need,
        age=age_on(row.born_on, local_day(at)),
        triaged_by_gp=is_triaged_by_gp(row.reference),
    )
