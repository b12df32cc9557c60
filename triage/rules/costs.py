"""The drawbacks of a place, counted; each costs its weight, and the sum decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from appointments.rules.codes import REMOTE
from practices.rules.professions import Profession
from triage.rules.candidates import Candidate, CaseFacts
from triage.rules.codes import Continuity, OptionKind
from triage.rules.outlook import NOTHING_EXPECTED, Outlook, is_for_generalists
from triage.rules.weights import WEIGHTS, Weights

# How dear a profession is for work that others can do as well (0: most plentiful).
SCARCITY: dict[Profession, int] = {
    Profession.GP: 3,
    Profession.ANP: 2,
    Profession.REGISTRAR: 2,
    Profession.PARAMEDIC: 1,
    Profession.MENTAL_HEALTH: 1,
}


def cost_of(
    case: CaseFacts,
    candidate: Candidate,
    now: datetime,
    weights: Weights = WEIGHTS,
    rest: Outlook = NOTHING_EXPECTED,
) -> int:
    """The drawbacks of a place in the units of the weights; 0 is ideal."""
    return pricing(case, now, weights, rest)(candidate)


def pricing(
    case: CaseFacts, now: datetime, weights: Weights, rest: Outlook
) -> Callable[[Candidate], int]:
    """`cost_of` for one case and many places: the sum of `costs_of`, written out."""
    wait, travel, scarcity = weights.wait_minute, weights.travel_minute, weights.scarcity
    due_at, known = case.due_at, case.continuity_clinician
    of_another = sum(getattr(weights, name) * n for name, n in _OF_CONTINUITY[case.continuity])
    looks_ahead = weights.looks_ahead and not case.urgency.is_urgent

    def cost_of(candidate: Candidate) -> int:
        if candidate.kind is not OptionKind.SLOT:
            return travel * candidate.travel_minutes
        starts_at = candidate.starts_at or now
        cost = wait * _minutes(now, starts_at)
        cost += scarcity * SCARCITY.get(candidate.profession or Profession.NURSE, 0)
        if candidate.mode not in REMOTE:
            cost += travel * candidate.travel_minutes
        if starts_at > due_at:
            cost += weights.late_minute * _minutes(due_at, starts_at)
        if candidate.is_over_limit:
            cost += weights.over_limit
        if known is not None and known != candidate.clinician:
            cost += of_another
        left = candidate.share_left
        if left is not None:
            cost += weights.share_used * _used(left) + (weights.borrowed if left <= 0 else 0)
        if looks_ahead:
            cost += sum(getattr(weights, name) * n for name, n in _of_demand(candidate, rest))
        return cost

    return cost_of


def costs_of(
    case: CaseFacts, candidate: Candidate, now: datetime, weights: Weights, rest: Outlook
) -> dict[str, int]:
    """What each drawback of a place costs."""
    units = units_of(case, candidate, now, rest)
    return {name: getattr(weights, name) * count for name, count in units}


def units_of(
    case: CaseFacts, candidate: Candidate, now: datetime, rest: Outlook | None
) -> list[tuple[str, int]]:
    """How often each weight counts for a place; what does not apply is left out."""
    if candidate.kind is not OptionKind.SLOT:
        return [("travel_minute", candidate.travel_minutes)]
    starts_at = candidate.starts_at or now
    found = [
        ("wait_minute", _minutes(now, starts_at)),
        ("scarcity", SCARCITY.get(candidate.profession or Profession.NURSE, 0)),
    ]
    if candidate.mode not in REMOTE:
        found.append(("travel_minute", candidate.travel_minutes))
    if starts_at > case.due_at:
        found.append(("late_minute", _minutes(case.due_at, starts_at)))
    if candidate.is_over_limit:
        found.append(("over_limit", 1))
    if candidate.share_left is not None:
        found += _of_share(candidate.share_left)
    if case.continuity_clinician not in {None, candidate.clinician}:
        found += _OF_CONTINUITY[case.continuity]
    if rest is not None and not case.urgency.is_urgent:
        found += _of_demand(candidate, rest)
    return found


_OF_CONTINUITY: dict[Continuity, list[tuple[str, int]]] = {
    Continuity.RED: [("continuity_red", 1)],
    Continuity.AMBER: [("continuity_amber", 1)],
    Continuity.GREEN: [],
}


def _of_share(left: int) -> list[tuple[str, int]]:
    """Borrowed or not, and how near the practice is to the end of its share, in per cent."""
    found = [("share_used", _used(left))]
    return found if left > 0 else [*found, ("borrowed", 1)]


def _used(left: int) -> int:
    return 100 // (1 + max(0, left))


def _of_demand(candidate: Candidate, rest: Outlook) -> list[tuple[str, int]]:
    """The risk, in per cent, that those who may still ask need exactly such a place."""
    if not is_for_generalists(candidate):
        return []
    of_urgent = ("urgent_expected", rest.urgent_risk)
    return (
        [of_urgent, ("gp_only", rest.gp_risk)]
        if candidate.profession is Profession.GP
        else [of_urgent]
    )


def _minutes(since: datetime, until: datetime) -> int:
    gap = until - since
    return max(0, gap.days * 1440 + gap.seconds // 60)
