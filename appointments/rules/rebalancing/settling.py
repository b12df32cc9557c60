"""From a certified choice of stretches to places: the comfort sum, then a slot for each."""

from collections.abc import Sequence

from appointments.rules.rebalancing.certify import Certified
from appointments.rules.rebalancing.comfort import DISTURBED, comfort
from appointments.rules.rebalancing.greedy import polished
from appointments.rules.rebalancing.model import Model
from appointments.rules.rebalancing.program import Solver
from appointments.rules.rebalancing.slotting import seat
from appointments.rules.rebalancing.survey import Survey

COMFORT_GAP = 1e-3


def settle(
    survey: Survey, model: Model, certified: Certified, solver: Solver
) -> dict[str, str] | None:
    """A place for every chosen case, at the certified levels; None if the solver gives up."""
    values: Sequence[int] = certified.values
    comfortable = solver.search(certified.program, _costs(survey, model), gap=COMFORT_GAP)
    if comfortable is not None:
        values = comfortable.values
    seats = seat(survey, model.lines, model.chosen(values), solver)
    if seats is None:
        return None
    return polished(survey, {**survey.settled(), **seats})


def _costs(survey: Survey, model: Model) -> list[float]:
    """The comfort of a stretch, as if the case got its first slot."""
    weigh = comfort(survey)
    costs = [0.0] * len(model.program.uppers)
    for column, way in enumerate(model.stretches):
        line = model.lines[way.timeline]
        costs[column] = weigh.of_clinician(way.case, line.clinician, line.mode)
        costs[column] += weigh.of_time(way.case, line.starts[way.first])
        if way.case.slot is None:
            costs[column] -= weigh.of_no_place(way.case)
        if not way.is_stay and (way.case.slot or way.case.proposed):
            costs[column] += DISTURBED
    return costs
