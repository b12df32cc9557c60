"""A plan in the making: who sits where, and what still stands in the way of a change."""

from collections import Counter
from collections.abc import Iterator

from appointments.rules.rebalancing import fairness
from appointments.rules.rebalancing.comfort import Comfort, comfort
from appointments.rules.rebalancing.facts import Case, Slot
from appointments.rules.rebalancing.levels import BREACH_LEVELS, LEVELS, UNPLACED_BREACH, breach
from appointments.rules.rebalancing.survey import Places, Survey

# What may stand in the way of a place, in the order in which it is told.
OBSTACLES = (
    "skill",
    "agreement",
    "published",
    "mode",
    "time",
    "taken",
    "limit",
    "share",
    "supervision",
)
Cost = tuple[tuple[int, ...], float]  # by level, then comfort


class Board:
    """Places that always stay lawful as long as `put` follows an empty `obstacles`."""

    def __init__(self, survey: Survey, places: Places) -> None:
        self.survey = survey
        self.comfort: Comfort = comfort(survey)
        self.places: dict[str, str] = {}
        self.holder: dict[str, str] = {}
        self.load = {c.id: c.fixed_points for c in survey.instance.clinicians}
        self.shares: Counter[tuple[str, str]] = Counter()
        self.hours: Counter[object] = Counter()
        self._open_to: dict[str, tuple[Slot, ...]] = {}
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

    def obstacles(self, case: Case, slot: Slot) -> tuple[str, ...]:
        """Everything that keeps `case`, not placed now, out of `slot`."""
        return (*self.standing_obstacles(case, slot), *self.passing_obstacles(case, slot))

    def standing_obstacles(self, case: Case, slot: Slot) -> Iterator[str]:
        """What no other case's move could change."""
        survey, clinician = self.survey, self.survey.clinicians[slot.clinician]
        if not survey.is_competent(clinician, case):
            yield "skill"
        if not survey.is_in_reach(clinician.site, case):
            yield "agreement"
        if not slot.is_open_to(case.practice):
            yield "published"
        if slot.mode not in case.modes:
            yield "mode"
        if survey.starts[slot.id] < survey.release(clinician.site, case):
            yield "time"

    def passing_obstacles(self, case: Case, slot: Slot) -> Iterator[str]:
        """What other cases stand in the way with."""
        survey = self.survey
        ceiling = survey.load_ceiling(survey.clinicians[slot.clinician])
        if slot.id in self.holder:
            yield "taken"
        if ceiling is not None and self.load[slot.clinician] + case.points > ceiling:
            yield "limit"
        share = survey.share_of(case, slot)
        if self.shares[share] >= survey.share_ceilings.get(share, self.shares[share] + 1):
            yield "share"
        hour = survey.supervised_hour(slot)
        if hour is not None and self.hours[hour] >= survey.hour_ceilings[hour]:
            yield "supervision"

    def cost(self, case: Case, slot: Slot) -> Cost:
        """What placing `case`, not placed now, in `slot` adds to each level and to comfort."""
        levels = dict.fromkeys(LEVELS, 0)
        if case.urgency in BREACH_LEVELS:
            levels[BREACH_LEVELS[case.urgency]] = breach(self.survey, case.id, slot.id)
        limit = self.survey.clinicians[slot.clinician].limit
        if limit is not None:
            before = max(0, self.load[slot.clinician] - limit)
            levels["excess"] = max(0, self.load[slot.clinician] + case.points - limit) - before
        levels["moves"] = int(case.told and case.slot not in (None, slot.id))
        levels["continuity"] = int(case.continuity not in (None, slot.clinician))
        comfort = self.comfort.of_place(case, slot.id) + self._cost_of_share(case, slot)
        return tuple(levels[level] for level in LEVELS), comfort

    def _cost_of_share(self, case: Case, slot: Slot) -> float:
        share = self.survey.share_of(case, slot)
        ceiling = self.survey.share_ceilings.get(share)
        return 0.0 if ceiling is None else fairness.next_case(self.shares[share], ceiling)

    def cost_of_no_place(self, case: Case) -> Cost:
        """What it costs that `case` waits without a place."""
        level = BREACH_LEVELS.get(case.urgency)
        levels = tuple(UNPLACED_BREACH if name == level else 0 for name in LEVELS)
        return levels, self.comfort.of_no_place(case)

    def alternatives(self, case: Case) -> list[tuple[Cost, str]]:
        """Every slot `case`, not placed now, could lawfully take, the best first."""
        if case.id not in self._open_to:
            slots = self.survey.instance.slots
            usable = tuple(slot for slot in slots if self.survey.may_use(case, slot))
            self._open_to[case.id] = usable
        return sorted(
            (self.cost(case, slot), slot.id)
            for slot in self._open_to[case.id]
            if slot.id not in self.holder and not any(self.passing_obstacles(case, slot))
        )
