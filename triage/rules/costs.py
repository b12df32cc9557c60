"""The drawbacks of a place, counted; each costs its weight, and the sum decides."""

from __future__ import annotations

from datetime import datetime

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
    cost = 0
    for name, count in units_of(case, candidate, now, rest if weights.looks_ahead else None):
        cost += getattr(weights, name) * count
    return cost


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
    if candidate.mode is None or not candidate.mode.is_remote:
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
    used = 100 // (1 + max(0, left))
    return [("share_used", used)] if left > 0 else [("share_used", used), ("borrowed", 1)]


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
