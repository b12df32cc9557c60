"""Levels held one after the other, each at a value that no lawful plan can better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from math import ceil

from appointments.rules.rebalancing.model import Goal, Model
from appointments.rules.rebalancing.program import Program, Relaxed, Solver

ROUNDING = 1e-6  # a bound this close below a whole number is that number
GUESS_RATIO = 12.0  # how much a level outweighs the next one in one sum
COUNTING, LINEAR, SEARCH = "counting", "linear bound", "integer search"


@dataclass(frozen=True, slots=True)
class Step:
    """One level held at `least`: `before` is the program without it, `held` the one with it.

    `relaxed` is the optimum of the level on `before` with fractions allowed, where it was asked.
    """

    goal: Goal
    least: int
    method: str
    before: Program
    held: Program
    relaxed: Relaxed | None = None

    def at_most(self, value: int) -> Program:
        """`before` with this level at `value` or better, without columns that would cost more."""
        barred: Sequence[int] = ()
        if self.relaxed is not None:
            barred = _too_dear(self.before, self.relaxed, value - self.goal.constant)
        return self.before.without(barred).with_rows([self.goal.no_worse_than(value)])

    def raised(self, least: int) -> "Step":
        """The same level held at `least`, which a search has shown it cannot be below."""
        return replace(self, least=least, method=SEARCH, held=self.at_most(least))


@dataclass(slots=True)
class Climb:
    """The levels held so far. None of the bounds can be beaten; all may be too hopeful."""

    model: Model
    solver: Solver
    steps: list[Step] = field(default_factory=list)

    @property
    def program(self) -> Program:
        return self.steps[-1].held if self.steps else self.model.program

    @property
    def counted(self) -> int:
        """How many levels, from the first on, stand at what counting gives; never all."""
        by_counting = takewhile(lambda step: step.method == COUNTING, self.steps[:-1])
        return sum(1 for _ in by_counting)

    def hold_all(self) -> bool:
        """Every level is held, as far as the relaxed programs tell; False by the brake."""
        if not self.steps and not self._hold_floors():
            return False
        while len(self.steps) < len(self.model.goals):
            goal = self.model.goals[len(self.steps)]
            if not goal.costs:
                self._hold(goal, goal.constant, ())
                continue
            relaxed = self.solver.relax(self.program, dense(self.program, goal.costs))
            if relaxed is None:
                return False
            least = goal.constant + ceil(relaxed.value - ROUNDING)
            barred = _too_dear(self.program, relaxed, least - goal.constant)
            self._hold(goal, least, barred, relaxed)
        return True

    def _hold_floors(self) -> bool:
        """The first levels are held at their floors, as many as the relaxed sum can have there."""
        relaxed = self.solver.relax(self.program, guess_costs(self.model))
        if relaxed is None:
            return False
        for goal in self.model.goals:
            least = floor(self.model, goal)
            if goal.value(relaxed.values) > least + ROUNDING:
                break
            self._hold(goal, least, _wasteful(self.model, goal))
        return True

    def _hold(
        self, goal: Goal, least: int, barred: Sequence[int], relaxed: Relaxed | None = None
    ) -> None:
        before = self.program
        held = before.without(barred).with_rows([goal.no_worse_than(least)] if goal.costs else [])
        method = COUNTING if relaxed is None else LINEAR
        self.steps.append(Step(goal, least, method, before, held, relaxed))

    def raise_level(self, position: int, least: int) -> None:
        """Level `position`, impossible below `least`, is held there, and no later one any more."""
        self.steps[position:] = [self.steps[position].raised(least)]


def floor(model: Model, goal: Goal) -> int:
    """What the goal costs when every case takes the stretch that is best for it alone."""
    return goal.constant + sum(_best(model, goal).values())


def floors(model: Model) -> list[int]:
    """The bounds that need no solver."""
    return [floor(model, goal) for goal in model.goals]


def guess_costs(model: Model, first: int = 0) -> list[float]:
    """The levels from `first` on in one sum: no proof of order, but nearly always right."""
    costs = [0.0] * len(model.program.uppers)
    goals = [goal for goal in model.goals[first:] if goal.costs]
    weight = GUESS_RATIO ** len(goals)
    for goal in goals:
        weight /= GUESS_RATIO
        for column, cost in goal.costs.items():
            costs[column] += weight * cost
    return costs


def dense(program: Program, costs: Mapping[int, int]) -> list[float]:
    """The costs of every column."""
    filled = [0.0] * len(program.uppers)
    for column, cost in costs.items():
        filled[column] = float(cost)
    return filled


def _best(model: Model, goal: Goal) -> dict[str, int]:
    """By case, its least cost over all stretches; a case without booking may also go without."""
    best: dict[str, int] = {}
    for column, way in enumerate(model.stretches):
        cost = goal.costs.get(column, 0)
        least = best.get(way.case.id, 0 if way.case.slot is None else cost)
        best[way.case.id] = min(cost, least)
    return best


def _wasteful(model: Model, goal: Goal) -> list[int]:
    """The columns no plan at the goal's floor can use."""
    best = _best(model, goal)
    ways = model.stretches
    return [
        column
        for column in range(len(model.program.uppers))
        if goal.costs.get(column, 0) > (best[ways[column].case.id] if column < len(ways) else 0)
    ]


def _too_dear(program: Program, relaxed: Relaxed, least: int) -> list[int]:
    """The whole columns that would lift the relaxed value above `least`."""
    slack = least - relaxed.value + ROUNDING
    return [
        column
        for column, reduced in enumerate(relaxed.reduced_costs)
        if reduced > slack and program.whole[column]
    ]
