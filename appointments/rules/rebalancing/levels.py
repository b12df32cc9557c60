"""The seven goals in strict order: one unit of an earlier level outweighs all later ones.

Between the third and the fourth stands what the last run proposed: it changes only for a gain on
urgent cases, same-day cases or limits. Where nothing was proposed, there are the seven alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from appointments.rules.rebalancing.facts import Case
from appointments.rules.rebalancing.survey import Places, Survey

LEVELS = ("urgent", "same_day", "excess", "next_day", "planned", "moves", "continuity")
EXCESS = LEVELS.index("excess")
PROPOSALS = "proposals"
ORDER = (*LEVELS[: EXCESS + 1], PROPOSALS, *LEVELS[EXCESS + 1 :])
BREACH_LEVELS = {
    "P1": "urgent",
    "P2": "urgent",
    "P3": "same_day",
    "P4": "same_day",
    "P5": "next_day",
    "P6": "planned",
}
UNPLACED_BREACH = 2
LATE_BREACH = 1


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One line of the certificate; in points for `excess`, in counts for the others.

    `bound` says that no lawful plan, as good on the levels before, can do better than this.
    """

    name: str
    value: float
    bound: float
    proved: bool
    method: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What a level cannot fall below (excess in tenths of a point), and how that is known."""

    least: int
    method: str


def results(survey: Survey, places: Places, bounds: Sequence[Bound]) -> tuple[LevelResult, ...]:
    """One for each goal of `ORDER`, as `bounds` are.

    A goal is proved when it and all before it meet their bounds.
    """
    found: list[LevelResult] = []
    totals = tally(survey, places)
    is_met = True
    for name, bound in zip(ORDER, bounds, strict=True):
        value = totals[name]
        is_met = is_met and bound.least >= value
        scale = 10 if name == "excess" else 1
        found.append(
            LevelResult(
                name=name,
                value=value / scale,
                bound=min(bound.least, value) / scale,
                proved=is_met,
                method=bound.method,
            )
        )
    return tuple(found)


def score(survey: Survey, places: Places) -> tuple[int, ...]:
    """The value of each level for `places` (excess in tenths of a point)."""
    totals = tally(survey, places)
    return tuple(totals[level] for level in LEVELS)


def tally(survey: Survey, places: Places) -> dict[str, int]:
    """The value of each goal of `ORDER`."""
    totals = dict.fromkeys(ORDER, 0)
    load = {clinician.id: clinician.fixed_points for clinician in survey.instance.clinicians}
    for case in survey.instance.cases:
        slot_id = places.get(case.id)
        level = BREACH_LEVELS.get(case.urgency)
        if level is not None:
            totals[level] += breach(survey, case.id, slot_id)
        totals[PROPOSALS] += alters(case, slot_id)
        if slot_id is None:
            continue
        seen_by = survey.slots[slot_id].clinician
        load[seen_by] += case.points
        totals["moves"] += moves(case, slot_id)
        totals["continuity"] += case.continuity is not None and case.continuity != seen_by
    for clinician in survey.instance.clinicians:
        if clinician.limit is not None:
            totals["excess"] += max(0, load[clinician.id] - clinician.limit)
    return totals


def breach(survey: Survey, case_id: str, slot_id: str | None) -> int:
    """2 for a case without a place, 1 for a place after its due time, else 0."""
    if slot_id is None:
        return UNPLACED_BREACH
    return LATE_BREACH if survey.is_late(survey.cases[case_id], slot_id) else 0


def moves(case: Case, slot_id: str) -> int:
    """1 where a patient who was told a slot would have another."""
    return int(case.told and case.slot not in (None, slot_id))


def alters(case: Case, slot_id: str | None) -> int:
    """1 where the last run proposed another slot, or one at all."""
    return int(case.proposed not in (None, slot_id))
