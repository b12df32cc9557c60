"""A plan in the making: who sits where, and what still stands in the way of a change."""

from collections import Counter
from collections.abc import Iterator

from appointments.rules.rebalancing import fairness
from appointments.rules.rebalancing.comfort import Comfort, comfort
from appointments.rules.rebalancing.facts import Case, Clinician, Slot
from appointments.rules.rebalancing.levels import (
    BREACH_LEVELS,
    EXCESS,
    ORDER,
    PROPOSALS,
    UNPLACED_BREACH,
    alters,
    breach,
    moves,
)
from appointments.rules.rebalancing.survey import Places, Survey

Cost = tuple[tuple[int, ...], float]  # by goal in their order, then comfort


class Board:
    """Places that stay lawful as long as cases are put where nothing stands in the way."""

    def __init__(self, survey: Survey, places: Places) -> None:
        self.survey = survey
        self.comfort: Comfort = comfort(survey)
        self.places: dict[str, str] = {}
        self.holder: dict[str, str] = {}
        self.load = {c.id: c.fixed_points for c in survey.instance.clinicians}
        self.shares: Counter[tuple[str, str]] = Counter()
        self.hours: Counter[object] = Counter()
        self._usable: dict[str, tuple[Slot, ...]] = {}
        self._standing_costs: dict[tuple[str, str], Cost] = {}
        for case_id in sorted(places):
            self.put(survey.cases[case_id], places[case_id])

    def put(self, case: Case, slot_id: str) -> None:
        self._book(case, slot_id, 1)
        self.places[case.id] = slot_id
        self.holder[slot_id] = case.id

    def take(self, case: Case) -> str | None:
        """The case leaves its slot, which is returned; None if it had none."""
        slot_id = self.places.pop(case.id, None)
        if slot_id is not None:
            del self.holder[slot_id]
            self._book(case, slot_id, -1)
        return slot_id

    def _book(self, case: Case, slot_id: str, sign: int) -> None:
        slot = self.survey.slots[slot_id]
        self.load[slot.clinician] += sign * case.points
        self.shares[self.survey.share_of(case, slot)] += sign
        self.hours[self.survey.supervised_hour(slot)] += sign

    def is_over(self, case: Case, clinician: Clinician) -> bool:
        """Whether `case` would take the clinician past every load that is allowed."""
        ceiling = self.survey.load_ceiling(clinician)
        return ceiling is not None and self.load[clinician.id] + case.points > ceiling

    def is_share_used(self, case: Case, site: str) -> bool:
        share = (case.practice, site)
        ceiling = self.survey.share_ceilings.get(share)
        return ceiling is not None and self.shares[share] >= ceiling

    def is_unsupervised(self, slot: Slot) -> bool:
        hour = self.survey.supervised_hour(slot)
        return hour is not None and self.hours[hour] >= self.survey.hour_ceilings[hour]

    def cost(self, case: Case, slot: Slot) -> Cost:
        """What placing `case`, not placed now, in `slot` adds to each level and to comfort."""
        levels, weighed = self.standing_cost(case, slot)
        clinician = self.survey.clinicians[slot.clinician]
        load, limit = self.load[clinician.id], clinician.limit
        if limit is not None and load + case.points > limit:
            excess = load + case.points - max(limit, load)
            levels = (*levels[:EXCESS], excess, *levels[EXCESS + 1 :])
        share = (case.practice, clinician.site)
        ceiling = self.survey.share_ceilings.get(share)
        if ceiling is not None:
            weighed += fairness.next_case(self.shares[share], ceiling)
        return levels, weighed

    def standing_cost(self, case: Case, slot: Slot) -> Cost:
        """What the place costs whoever else is placed where."""
        key = (case.id, slot.id)
        if key not in self._standing_costs:
            levels = dict.fromkeys(ORDER, 0)
            if case.urgency in BREACH_LEVELS:
                levels[BREACH_LEVELS[case.urgency]] = breach(self.survey, case.id, slot.id)
            levels[PROPOSALS] = alters(case, slot.id)
            levels["moves"] = moves(case, slot.id)
            levels["continuity"] = int(case.continuity not in (None, slot.clinician))
            weighed = self.comfort.of_place(case, slot.id)
            self._standing_costs[key] = tuple(levels[level] for level in ORDER), weighed
        return self._standing_costs[key]

    def cost_of_no_place(self, case: Case) -> Cost:
        """What it costs that `case` waits without a place."""
        levels = dict.fromkeys(ORDER, 0)
        if case.urgency in BREACH_LEVELS:
            levels[BREACH_LEVELS[case.urgency]] = UNPLACED_BREACH
        levels[PROPOSALS] = alters(case, None)
        return tuple(levels.values()), self.comfort.of_no_place(case)

    def alternatives(self, case: Case) -> list[tuple[Cost, str]]:
        """Every slot `case`, not placed now, could lawfully take, the best first."""
        return sorted((self.cost(case, slot), slot.id) for slot in self._free(case))

    def best_alternative(self, case: Case) -> tuple[Cost, str] | None:
        """The first of the alternatives."""
        found = ((self.cost(case, slot), slot.id) for slot in self._free(case))
        return min(found, default=None)

    def _free(self, case: Case) -> Iterator[Slot]:
        if case.id not in self._usable:
            self._usable[case.id] = tuple(self.survey.usable(case))
        return (slot for slot in self._usable[case.id] if self.is_free(case, slot))

    def is_free(self, case: Case, slot: Slot) -> bool:
        """Whether nobody else is in the way of `case` in a slot it may use."""
        clinician = self.survey.clinicians[slot.clinician]
        return not (
            slot.id in self.holder
            or self.is_over(case, clinician)
            or self.is_share_used(case, clinician.site)
            or self.is_unsupervised(slot)
        )
