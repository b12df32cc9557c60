"""Why: what closed cases still owe."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from practices.rules.reach import Actor
from triage.models import Handover
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.handovers import answer_due


@dataclass(frozen=True, slots=True)
class OwedRow:
    """Something to do for a patient whose case was closed, and who owns it until it is accepted.

    It stays owed when the case is opened again.
    """

    reference: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    need: Need
    what: Outcome
    owner: str
    by: str
    at: datetime
    due_at: datetime


def owed(*, by: Actor) -> tuple[OwedRow, ...]:
    """What our patients' closed cases still owe, the soonest due first. One statement."""
    return _rows(Q(practice_id__in=by.reach.own))


def owed_after(user_id: int | None) -> tuple[OwedRow, ...]:
    """What this person opened and nobody has accepted yet, soonest due first. One statement."""
    return _rows(Q(opened_by_id=user_id, opened_by__isnull=False))


def owed_by_hub(hub_id: int) -> tuple[OwedRow, ...]:
    """What the hub owns until the other side accepts, soonest due first. One statement."""
    return _rows(Q(hub_id=hub_id, by_hub=True))


def owed_counts(hub_ids: Collection[int]) -> dict[int, int]:
    """How much each of the hubs owes. One statement."""
    owed = _standing(Q(hub_id__in=hub_ids, by_hub=True))
    return Counter(owed.values_list("hub_id", flat=True))


def owed_of(reference: str) -> tuple[OwedRow, ...]:
    """What this case still owes, soonest due first. One statement."""
    return _rows(Q(case__reference=reference))


def _standing(which: Q) -> QuerySet[Handover]:
    return Handover.objects.filter(which, accepted_at=None, withdrawn_at=None)


def _rows(which: Q) -> tuple[OwedRow, ...]:
    found = _standing(which).select_related(
        "case__patient", "practice__organisation", "hub__organisation", "opened_by"
    )
    rows = (
        OwedRow(
            reference=one.case.reference,
            patient_id=one.case.patient_id,
            family_name=one.case.patient.family_name,
            given_name=one.case.patient.given_name,
            born_on=one.case.patient.born_on,
            need=Need(one.case.need),
            what=Outcome(one.what),
            owner=(one.hub if one.by_hub else one.practice).organisation.name,
            by=one.opened_by.name if one.opened_by else "",
            at=one.opened_at,
            due_at=answer_due(Outcome(one.what), Urgency(f"P{one.case.urgency}"), one.opened_at),
        )
        for one in found.order_by("opened_at", "pk")
    )
    return tuple(sorted(rows, key=lambda one: (one.due_at, one.reference)))
