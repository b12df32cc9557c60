"""Why: urgent cases that nobody has, and whose time is running."""

from datetime import datetime

from django.db.models import QuerySet

from triage.models import Case
from triage.queries.held import standing
from triage.rules.codes import Urgency
from triage.rules.held import NOBODYS
from triage.rules.ordering import Escalation, Waiting, call_due


def unheld(*, at: datetime) -> QuerySet[Case]:
    """Cases that are neither with anybody nor booked: a queue alone answers for them."""
    return Case.objects.filter(standing(NOBODYS, at=at))


def cases_to_call_for(*, at: datetime) -> tuple[str, ...]:
    """References of cases whose next call for help is due, most urgent first. One statement."""
    found = unheld(at=at).filter(urgency__lte=Urgency.P4.rank, escalated__lt=100)
    return tuple(
        case.reference
        for case in found.order_by("urgency", "due_at", "reference")
        if call_due_of(case, at=at) is not None
    )


def call_due_of(case: Case, *, at: datetime) -> Escalation | None:
    """The call for help that is due for the case now."""
    return call_due(waiting_of(case), at, announced=case.escalated)


def waiting_of(case: Case) -> Waiting:
    """The case as the rules of order and escalation read it."""
    return Waiting(
        reference=case.reference,
        urgency=Urgency(f"P{case.urgency}"),
        submitted_at=case.submitted_at,
        due_at=case.due_at,
    )
