"""Rebalancing: the best lawful plan for one network at one moment, proved and explained.

    from appointments.rules.rebalancing import Instance, plan
    from appointments.tasks.milp import Highs      # in a worker: the solver is passed in

    answer = plan(instance, Highs())
    answer.placements   # case, slot, was, reasons; one for every case with a place
    answer.unplaced     # case, reasons: what would have to change
    answer.levels       # the certificate: name, value, bound, proved, method
    answer.is_proved    # whether all seven levels are

`Instance` holds all that is known (see `facts`): points in integer tenths, aware datetimes, ids as
text. `read_instance` makes one from the `plan` command's JSON. A case with `slot` is booked and
keeps a place; a case with `proposed` is anchored to the last run's proposal: only a gain on the
first three levels changes it, and then as few as can be. `greedy_plan(instance)` answers without
a solver, and says so.

How it works: `survey` (look-ups) -> `timelines` and `model` (few columns) -> `certify` (level by
level) -> `settling` (comfort, slots) -> `lawfulness` (an independent re-check) -> `reasons`.
"""

from appointments.rules.rebalancing.answers import Placement, Plan, Reason, Unplaced
from appointments.rules.rebalancing.facts import (
    Case,
    Clinician,
    ComfortWeights,
    Instance,
    ScopeRule,
    ShareCap,
    Slot,
    Supervision,
)
from appointments.rules.rebalancing.fields import InstanceError
from appointments.rules.rebalancing.levels import LEVELS, LevelResult
from appointments.rules.rebalancing.planning import greedy_plan, plan, rule_of_thumb
from appointments.rules.rebalancing.program import Solver
from appointments.rules.rebalancing.reading import read_instance
from appointments.rules.rebalancing.wording import plainly, sentence

__all__ = [
    "LEVELS",
    "Case",
    "Clinician",
    "ComfortWeights",
    "Instance",
    "InstanceError",
    "LevelResult",
    "Placement",
    "Plan",
    "Reason",
    "ScopeRule",
    "ShareCap",
    "Slot",
    "Solver",
    "Supervision",
    "Unplaced",
    "greedy_plan",
    "plainly",
    "plan",
    "read_instance",
    "rule_of_thumb",
    "sentence",
]
