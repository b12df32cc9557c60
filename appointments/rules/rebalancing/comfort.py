"""What is weighed once the seven levels are settled: one sum of published weights.

Minutes late come first by far, so that delay never makes a case cheaper to delay again; of two
like cases the one due earlier weighs more, so waiting never lowers a place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from appointments.rules.rebalancing.facts import Case, Clinician
from appointments.rules.rebalancing.survey import MINUTE, Survey

UNPLACED = 48_000.0  # as bad as eight hours late
LATE_MINUTE = 100.0
DISTURBED = 400.0  # an untold booking or a former proposal changes: more than a day's START_MINUTEs
TRAVEL_MINUTE = 2.0
SCARCE_SKILL = 6.0  # using the broadest role where the narrowest would do
START_MINUTE = 0.05
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
            + (DISTURBED if case.anchor not in (None, slot_id) else 0.0)
        )

    def of_clinician(self, case: Case, clinician: Clinician, mode: str) -> float:
        """Travel, and the use of a scarce skill."""
        journey = self.survey.instance.travel.get((case.practice, clinician.site), 0)
        travel = 0 if mode in REMOTE_MODES else journey
        spare = self.breadth.get(clinician.role, 0) - self.narrowest.get(case.need, 0)
        return TRAVEL_MINUTE * travel + SCARCE_SKILL * max(0, spare) / self.broadest

    def of_time(self, case: Case, start: int) -> float:
        """Lateness, then the start itself; the weight grows with urgency and with waiting."""
        late = max(0, start - self.survey.since_now(case.due))
        return (LATE_MINUTE * late + START_MINUTE * self.weight(case) * max(0, start)) / MINUTE

    def of_no_place(self, case: Case) -> float:
        return UNPLACED * self.weight(case)

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
