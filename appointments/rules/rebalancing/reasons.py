"""Why a case is where it is, and what would have to change for one that is nowhere."""

from appointments.rules.rebalancing.answers import Fact, Reason
from appointments.rules.rebalancing.board import Board, Cost
from appointments.rules.rebalancing.facts import EMERGENCY, Case, Slot
from appointments.rules.rebalancing.levels import ORDER
from appointments.rules.rebalancing.obstacles import (
    LATER_GOAL,
    OBSTACLES,
    counted,
    single_changes,
)
from appointments.rules.rebalancing.survey import MINUTE

COMFORT = "comfort"
MOST_BLOCKS = 3  # obstacles named when no single change would do


def why_here(board: Board, case: Case) -> tuple[Reason, ...]:
    """The place, the goal that decided for it, and the own practice where it is not that."""
    slot = board.survey.slots[board.places[case.id]]
    if case.slot is not None and case.id not in board.survey.movable:
        return (Reason("kept", {"slot": slot.id, "because": _why_kept(board, case)}),)
    board.take(case)
    ways = [way for way in board.alternatives(case) if way[1] != slot.id]
    here = board.cost(case, slot)
    reasons = (
        Reason("placed", _facts(board, case, slot)),
        _decided(board, here, ways),
        *_why_not_own_practice(board, case, slot, here, ways),
    )
    board.put(case, slot.id)
    return reasons


def why_nowhere(board: Board, case: Case) -> tuple[Reason, ...]:
    """Single changes that would each give the case a place; else what stands in the way most."""
    if case.urgency == EMERGENCY:
        return (Reason("emergency", {}),)
    found = single_changes(board, case)
    if not found:
        blocked = counted(board, case, board.survey.instance.slots)
        return (Reason("several", dict(blocked.most_common(MOST_BLOCKS))),)
    return tuple(
        Reason(f"would_need_{kind}", _change(board, case, found[kind]))
        for kind in (*OBSTACLES, LATER_GOAL)
        if kind in found
    )


def _why_kept(board: Board, case: Case) -> str:
    clinician = board.survey.slots[board.places[case.id]].clinician
    limit = board.survey.clinicians[clinician].limit
    if limit is None or board.survey.present_load[clinician] <= limit:
        return "within_limit"
    return "frozen" if case.frozen else "urgent"


def _facts(board: Board, case: Case, slot: Slot) -> dict[str, Fact]:
    survey, clinician = board.survey, board.survey.clinicians[slot.clinician]
    return {
        "from": case.slot,
        "slot": slot.id,
        "clinician": clinician.id,
        "site": clinician.site,
        "load_before": survey.present_load[clinician.id] / 10,
        "load_after": (board.load[clinician.id] + case.points) / 10,
        "limit": None if clinician.limit is None else clinician.limit / 10,
        "minutes_to_due": (survey.since_now(case.due) - survey.starts[slot.id]) // MINUTE,
        "travel_minutes": survey.instance.travel.get((case.practice, clinician.site), 0),
        "is_usual_clinician": int(case.continuity == clinician.id),
    }


def _decided(board: Board, here: Cost, ways: list[tuple[Cost, str]]) -> Reason:
    if not ways:
        return Reason("only_place", {})
    cost, slot_id = ways[0]
    return Reason(
        "decided_by",
        {
            "goal": _first_difference(here, cost),
            "alternatives": len(ways),
            "next_best": slot_id,
            "next_best_clinician": board.survey.slots[slot_id].clinician,
        },
    )


def _first_difference(here: Cost, there: Cost) -> str:
    for level, mine, other in zip(ORDER, here[0], there[0], strict=True):
        if mine != other:
            return level
    return COMFORT


def _why_not_own_practice(
    board: Board, case: Case, slot: Slot, here: Cost, ways: list[tuple[Cost, str]]
) -> tuple[Reason, ...]:
    survey = board.survey
    if survey.clinicians[slot.clinician].site == case.practice:
        return ()
    for cost, slot_id in ways:
        if survey.clinicians[survey.slots[slot_id].clinician].site == case.practice:
            facts: dict[str, Fact] = {"slot": slot_id, "goal": _first_difference(here, cost)}
            return (Reason("own_practice_worse", facts),)
    own = tuple(
        slot
        for clinician in survey.instance.clinicians
        if clinician.site == case.practice
        for slot in survey.slots_of[clinician.id]
    )
    blocked = counted(board, case, own)
    return (Reason("own_practice_full", dict(sorted(blocked.items()))),)


def _change(board: Board, case: Case, slots: list[Slot]) -> dict[str, Fact]:
    """How many slots the one change would open, and the one it would take least for."""
    nearest = min(slots, key=lambda slot: (_over(board, case, slot), board.cost(case, slot)))
    return {
        "slots": len(slots),
        "clinicians": len({slot.clinician for slot in slots}),
        "slot": nearest.id,
        "clinician": nearest.clinician,
        "points_over": _over(board, case, nearest) / 10,
        "holder": board.holder.get(nearest.id),
    }


def _over(board: Board, case: Case, slot: Slot) -> int:
    limit = board.survey.clinicians[slot.clinician].limit
    return 0 if limit is None else max(0, board.load[slot.clinician] + case.points - limit)
