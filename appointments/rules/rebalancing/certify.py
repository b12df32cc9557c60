"""Guess, then certify: level by level, show that the value in hand cannot be bettered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from appointments.rules.rebalancing.levels import Bound
from appointments.rules.rebalancing.model import Goal, Model
from appointments.rules.rebalancing.program import Program, Solver

ROUNDING = 1e-6  # a bound this close below a whole number is that number
GUESS_GAP = 1e-4
GUESS_RATIO = 12.0  # how much a level outweighs the next one while guessing


@dataclass(frozen=True, slots=True)
class Certified:
    """The best choice found, a bound per level, and the program narrowed to what is as good."""

    values: Sequence[int]
    bounds: tuple[Bound, ...]
    program: Program


@dataclass(slots=True)
class _Ascent:
    """Where the search stands: the incumbent, what is still allowed, the levels done."""

    model: Model
    solver: Solver
    program: Program
    values: Sequence[int]
    bounds: list[Bound] = field(default_factory=list)

    def certify(self, goal: Goal) -> None:
        """`goal` is at its best, with the goals before it held; later searches keep it there."""
        least, method = floor(self.model, goal), "counting"
        if least < goal.value(self.values):
            least, method = max(least, self._relax(goal)), "linear bound"
        if least < goal.value(self.values):
            least, method = max(least, self._search(goal)), "integer search"
        self.bounds.append(_bound(self.model, goal, least, method))
        if goal.costs:
            value = goal.value(self.values)
            self.program = self.program.with_rows([goal.no_worse_than(value)])

    def _relax(self, goal: Goal) -> int:
        """The linear bound; columns that would lift the goal above its value are struck out."""
        relaxed = self.solver.relax(self.program, _dense(self.program, goal.costs))
        if relaxed is None:
            return floor(self.model, goal)
        slack = goal.value(self.values) - goal.constant - relaxed.value + ROUNDING
        self.program = self.program.without(
            column
            for column, reduced in enumerate(relaxed.reduced_costs)
            if reduced > slack and not self.values[column] and self.program.whole[column]
        )
        return goal.constant + ceil(relaxed.value - ROUNDING)

    def _search(self, goal: Goal) -> int:
        """The searched bound; the incumbent is the better for it where it was not the best."""
        searched = self.solver.search(self.program, _dense(self.program, goal.costs))
        if searched is None:
            return floor(self.model, goal)
        if goal.value(searched.values) < goal.value(self.values):
            self.values = searched.values
            held = self.program.with_rows([goal.no_worse_than(goal.value(self.values))])
            guess = self.solver.search(held, guess_costs(self.model), gap=GUESS_GAP)
            self.values = self.values if guess is None else guess.values
        return goal.constant + ceil(searched.bound - ROUNDING)


def certify(model: Model, solver: Solver) -> Certified | None:
    """The lexicographic optimum with its proof; None when the solver finds nothing at all."""
    guess = solver.search(model.program, guess_costs(model), gap=GUESS_GAP)
    if guess is None:
        return None
    ascent = _Ascent(model, solver, model.program, guess.values)
    for goal in model.goals:
        ascent.certify(goal)
    return Certified(ascent.values, tuple(ascent.bounds), ascent.program)


def floor(model: Model, goal: Goal) -> int:
    """What the goal costs when every case takes the stretch that is best for it alone."""
    best: dict[str, int] = {}
    for column, cost in goal.costs.items():
        if cost < 0:
            case = model.stretches[column].case.id
            best[case] = min(cost, best.get(case, 0))
    return goal.constant + sum(best.values())


def floors(model: Model) -> tuple[Bound, ...]:
    """The bounds that need no solver."""
    return tuple(_bound(model, goal, floor(model, goal), "counting") for goal in model.goals)


def guess_costs(model: Model) -> list[float]:
    """All levels in one sum: no proof of order, but nearly always the right answer."""
    costs = [0.0] * len(model.program.uppers)
    weight = GUESS_RATIO ** len(model.goals)
    for goal in model.goals:
        weight /= GUESS_RATIO
        for column, cost in goal.costs.items():
            costs[column] += weight * cost
    return costs


def _bound(model: Model, goal: Goal, least: int, method: str) -> Bound:
    return Bound(least * model.unit if goal.name == "excess" else least, method)


def _dense(program: Program, costs: dict[int, int]) -> list[float]:
    dense = [0.0] * len(program.uppers)
    for column, cost in costs.items():
        dense[column] = float(cost)
    return dense
