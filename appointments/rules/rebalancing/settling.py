"""The comfort sum as the wish among equally good plans, and the places that come of it."""

from collections.abc import Sequence

from appointments.rules.rebalancing import fairness
from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.comfort import SCALE, comfort
from appointments.rules.rebalancing.model import Model
from appointments.rules.rebalancing.polishing import polished
from appointments.rules.rebalancing.program import Solver, Wish
from appointments.rules.rebalancing.slotting import seat
from appointments.rules.rebalancing.survey import Survey


def comfort_wish(survey: Survey, model: Model) -> Wish:
    """The comfort of every stretch, at its first late or its middle slot, and of used shares."""
    weigh = comfort(survey)
    width = len(model.program.uppers)
    shares = list(fairness.rows(survey, model.lines, model.stretches, first_column=width))
    costs = [0.0] * width
    at_stake = 1.0
    for column, way in enumerate(model.stretches):
        line = model.lines[way.timeline]
        costs[column] = weigh.of_clinician(way.case, line.clinician, line.mode)
        expected = way.first if way.is_late else (way.first + way.last) // 2
        costs[column] += weigh.of_time(way.case, line.starts[expected])
        if way.case.slot is None:
            costs[column] -= weigh.of_no_place(way.case)
        if way.case.anchor is not None and not way.is_anchor:
            costs[column] += weigh.disturbed
    at_stake += sum(weigh.of_no_place(case) for case in survey.undecided() if case.slot is None)
    return Wish(
        costs=[*costs, *(cost for _, parts in shares for _, cost in parts)],
        # Near enough in all: one minute late, or fifty of travel by the usual numbers.
        gap=survey.instance.weights.late_minute / SCALE / at_stake,
        uppers=tuple(size for _, parts in shares for size, _ in parts),
        rows=tuple(row for row, _ in shares),
    )


def settle(survey: Survey, model: Model, values: Sequence[int], solver: Solver) -> Board | None:
    """A place for every chosen case, at the levels of `values`; None if the solver gives up."""
    seats = seat(survey, model.lines, model.chosen(values), solver)
    return None if seats is None else polished(survey, {**survey.settled(), **seats})
