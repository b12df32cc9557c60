"""How well: what became of the cases of a day that was lived."""

from collections.abc import Sequence

from networks.rules.lived_day import LivedCase
from triage.models import Case, CaseOutcome
from triage.rules.codes import Outcome
from triage.rules.states import State


def lived_cases(references: Sequence[str]) -> list[LivedCase]:
    """Each case as it stands, in the order given. Two statements."""
    ended = dict(
        CaseOutcome.objects.filter(case__reference__in=references)
        .order_by("pk")
        .values_list("case_id", "code")
    )
    found = Case.objects.filter(reference__in=references).select_related(
        "booking", "practice__organisation"
    )
    rows = {case.reference: _lived(case, ended.get(case.pk, "")) for case in found}
    return [rows[reference] for reference in references]


def _lived(case: Case, outcome: str) -> LivedCase:
    booking = case.booking
    is_closed = case.state == State.CLOSED
    met_at = case.closed_at if is_closed else None
    if booking is not None and booking.state in ("booked", "arrived", "attended"):
        met_at = booking.starts_at
    if is_closed:
        where = Outcome(outcome).label
        if outcome == Outcome.BOOKED_PRACTICE and booking is None:
            where = "Taken back by the practice"
    elif case.state == State.BOOKED and booking is not None:
        where = "Booked ahead at the hub" if booking.hub_id else "Booked ahead at the practice"
    else:
        where = f"Left over: {State(case.state).label.lower()}"
    return LivedCase(
        reference=case.reference,
        practice=case.practice.organisation.name,
        channel=case.channel,
        urgency=f"P{case.urgency}",
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        state=case.state,
        where=where,
        met_at=met_at,
    )
