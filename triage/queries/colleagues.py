"""Why: which colleagues on shift could take a case over, and what is offered to me."""

from dataclasses import dataclass
from datetime import datetime

from appointments.models import Session
from hubs.rules.scope import PatientFacts, may_see, may_triage
from practices.rules.professions import Profession
from triage.models import Case
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on shift: who, and as what."""

    id: int
    name: str
    profession: Profession


@dataclass(frozen=True, slots=True)
class Offered:
    """A case that a colleague offers me, and who."""

    row: QueueRow
    by: str


def colleagues(
    organisation_id: int | None,
    *,
    facts: PatientFacts,
    is_signed: bool,
    but: int | None,
    at: datetime,
) -> tuple[Colleague, ...]:
    """Who has a session there now and may take the patient, by name. One statement."""
    running = Session.objects.filter(
        status=Session.Status.PUBLISHED, starts_at__lte=at, ends_at__gt=at
    )
    here = running.filter(hub_id=organisation_id) | running.filter(practice_id=organisation_id)
    found = here.exclude(clinician_id=but or 0).select_related("clinician__user")
    people = {
        one.clinician_id: Colleague(
            one.clinician_id, one.clinician.user.name, Profession(one.clinician.profession)
        )
        for one in found.order_by("clinician__user__name", "clinician_id", "pk")
    }
    return tuple(
        one
        for one in people.values()
        if may_see(one.profession, facts) and (is_signed or may_triage(one.profession))
    )


def offered_to(clinician_id: int | None, *, at: datetime) -> tuple[Offered, ...]:
    """The cases that colleagues offer me, most urgent first. One statement."""
    found = Case.objects.filter(offered_to_id=clinician_id or 0, state=State.CLAIMED)
    rows = names_of_case(found).order_by("urgency", "due_at", "reference")
    return tuple(
        Offered(row_of(case, at=at), case.claimed_by.user.name if case.claimed_by else "")
        for case in rows
    )
