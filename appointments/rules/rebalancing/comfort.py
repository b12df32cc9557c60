"""What is weighed once the seven levels are settled: one sum of the weights.

Minutes late come first by far, so that delay never makes a case cheaper to delay again; of two
like cases the one due earlier weighs more, so waiting never lowers a place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from appointments.rules.rebalancing.facts import Case, Clinician
from appointments.rules.rebalancing.survey import MINUTE, Survey

SCALE = 20  # so many units of the weights are one of the sum
URGENCY_WEIGHT = {"P1": 6, "P2": 5, "P3": 4, "P4": 3, "P5": 2, "P6": 1}
REMOTE_MODES = frozenset({"phone", "video", "online"})


@dataclass(frozen=True, slots=True)
class Comfort:
    """The comfort costs of one instance."""

    survey: Survey
    breadth: Mapping[str, int]
    narrowest: Mapping[str, int]
    broadest: int

    def of_place(self, case: Case, slot_id: str) -> float:
        """What it costs that `case` is seen in this slot."""
        slot = self.survey.slots[slot_id]
        clinician = self.survey.clinicians[slot.clinician]
        return (
            self.of_clinician(case, clinician, slot.mode)
            + self.of_time(case, self.survey.starts[slot_id])
            + (self.disturbed if case.anchor not in (None, slot_id) else 0.0)
        )

    def of_clinician(self, case: Case, clinician: Clinician, mode: str) -> float:
        """Travel, and the use of a scarce skill."""
        journey = self.survey.instance.travel.get((case.practice, clinician.site), 0)
        travel = 0 if mode in REMOTE_MODES else journey
        spare = self.breadth.get(clinician.role, 0) - self.narrowest.get(case.need, 0)
        weights = self.survey.instance.weights
        skill = weights.scarce_skill * max(0, spare) / self.broadest
        return (weights.travel_minute * travel + skill) / SCALE

    def of_time(self, case: Case, start: int) -> float:
        """Lateness, then the start itself; the weight grows with urgency and with waiting."""
        late = max(0, start - self.survey.since_now(case.due))
        weights = self.survey.instance.weights
        waited = weights.start_minute * self.weight(case) * max(0, start)
        return (weights.late_minute * late + waited) / (MINUTE * SCALE)

    def of_no_place(self, case: Case) -> float:
        return self.late_hours(self.survey.instance.weights.no_place_hours) * self.weight(case)

    def late_hours(self, hours: int) -> float:
        """What so many hours of lateness cost."""
        return 60 * hours * self.survey.instance.weights.late_minute / SCALE

    @property
    def disturbed(self) -> float:
        """What it costs that an earlier place or proposal changes."""
        return self.survey.instance.weights.disturbed / SCALE

    def weight(self, case: Case) -> float:
        """From urgency, growing the earlier the case is or was due."""
        hours = self.survey.since_now(case.due) / (60 * MINUTE)
        pressing = 1 / (1 + hours) if hours >= 0 else 1 - hours
        return URGENCY_WEIGHT.get(case.urgency, 1) * (1 + pressing / 10)


def comfort(survey: Survey) -> Comfort:
    """The comfort costs of an instance; a role's breadth is the number of needs it may see."""
    needs: dict[str, set[str]] = {}
    for rule in survey.instance.scope:
        needs.setdefault(rule.role, set()).add(rule.need)
    present = {clinician.role for clinician in survey.instance.clinicians}
    breadth = {role: len(seen) for role, seen in sorted(needs.items()) if role in present}
    narrowest: dict[str, int] = {}
    for role, seen in breadth.items():
        for need in needs[role]:
            narrowest[need] = min(seen, narrowest.get(need, seen))
    return Comfort(survey, breadth, narrowest, max(breadth.values(), default=1))
