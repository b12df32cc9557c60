"""Why: which case comes next for one clinician, by the same rules that hand it over."""

from datetime import datetime

from django.db.models import QuerySet

from hubs.rules.scope import PatientFacts, may_see, may_triage
from practices.clock import local_day
from practices.models import Clinician
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.models import Case
from triage.queries.held import waits
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.codes import ClassStatus, Need
from triage.rules.lanes import Lane
from triage.rules.signing import triaged_by_gp


def claimable(hub_id: int, *, at: datetime) -> QuerySet[Case]:
    """The hub's cases that nobody has, most urgent first. A lease that ran out holds nothing."""
    return Case.objects.filter(waits(at=at), hub_id=hub_id, lane=Lane.HUB).order_by(
        "urgency", "due_at", "reference"
    )


def ids_in_scope(hub_id: int, profession: Profession, *, at: datetime) -> list[int]:
    """The claimable cases this profession may take, most urgent first. One statement."""
    today = local_day(at)
    rows = claimable(hub_id, at=at).values_list(
        "pk", "need", "urgency_status", "signed_by__profession", "patient__born_on"
    )
    return [
        pk
        for pk, need, status, signer, born_on in rows
        if (status == ClassStatus.SIGNED or may_triage(profession))
        and may_see(
            profession,
            PatientFacts(
                need=Need(need),
                age=age_on(born_on, today),
                triaged_by_gp=triaged_by_gp(status, signer),
            ),
        )
    ]


def next_up(hub_id: int | None, clinician_id: int | None, *, at: datetime) -> QueueRow | None:
    """What *Next for me* would hand over now; None when nothing fits. Three statements."""
    if hub_id is None or clinician_id is None:
        return None
    me = Clinician.objects.filter(pk=clinician_id).first()
    if me is None:
        return None
    ids = ids_in_scope(hub_id, Profession(me.profession), at=at)
    if not ids:
        return None
    found = names_of_case(Case.objects.filter(pk=ids[0])).first()
    return row_of(found, at=at) if found else None
