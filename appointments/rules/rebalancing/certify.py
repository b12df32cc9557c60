"""Certify, then find: a bound per level, then one search for a plan that meets them all.

A bound comes from counting (every case at its own best) or from the relaxed program. Where no whole
plan meets all bounds, the first impossible one rises, which proves that much.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from appointments.rules.rebalancing.climb import ROUNDING, Climb, Step, floors, guess_costs
from appointments.rules.rebalancing.levels import Bound
from appointments.rules.rebalancing.model import Model
from appointments.rules.rebalancing.program import Program, Searched, Solver, Wish

MOST_RAISES = 40
GUESS_GAP = 1e-4
NOT_PROVED = "best found"


@dataclass(frozen=True, slots=True)
class Certified:
    """The best values found for the model's columns, and a bound per level nothing can beat."""

    values: Sequence[int]
    bounds: tuple[Bound, ...]


class BrakePulled(Exception):  # noqa: N818 -- not an error: the time was up
    """The solver stopped before it knew."""


def certify(model: Model, solver: Solver, wish: Wish) -> Certified | None:
    """The lexicographic optimum with its proof, nearest the wish; None if nothing is found."""
    search = _Search(model, solver)
    try:
        values = search.find(wish)
    except BrakePulled:
        return _best_found(model, search)
    return Certified(values, tuple(_bound(model, step) for step in search.climb.steps))


@dataclass(slots=True)
class _Search:
    model: Model
    solver: Solver
    climb: Climb = field(init=False)
    witnesses: list[Sequence[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.climb = Climb(self.model, self.solver)

    def find(self, wish: Wish) -> Sequence[int]:
        """A plan that meets every bound, after as many raises as it takes."""
        for _ in range(MOST_RAISES):
            if not self.climb.hold_all():
                break
            found = self._search(self.climb.program, wish)
            if found.values is not None:
                return found.values
            if not self.climb.raise_level(*self._next_raise()):
                break
        raise BrakePulled

    def _next_raise(self) -> tuple[int, int]:
        """The first level whose bound no whole plan meets with those before it, and a higher one.

        What is searched for is the whole rest, so that the plan seen is a witness for later.
        """
        last = len(self.climb.steps) - 1
        for position in range(last, 0, -1):
            step = self.climb.steps[position]
            if self._is_witnessed(position):
                return position, step.least + 1
            found = self._search(step.before, Wish(guess_costs(self.model, position)))
            if found.values is not None:
                self.witnesses.append(found.values)
                alone = step.goal.constant + ceil(found.bound - ROUNDING)
                return position, max(step.least + 1, alone if position == last else 0)
        return 0, self.climb.steps[0].least + 1

    def _is_witnessed(self, position: int) -> bool:
        """Whether a plan already seen meets the bounds of the levels before `position`."""
        before = self.climb.steps[:position]
        return any(
            all(step.goal.value(values) <= step.least for step in before)
            for values in self.witnesses
        )

    def _search(self, program: Program, wish: Wish) -> Searched:
        found = self.solver.search(wish.on(program), wish.costs, gap=wish.gap)
        if found.values is None and not found.is_finished:
            raise BrakePulled
        return found


def _best_found(model: Model, search: _Search) -> Certified | None:
    """The best plan seen, and the bounds that hold: each rests on the levels before being met."""
    seen = search.witnesses
    if not seen:
        guess = search.solver.search(model.program, guess_costs(model), gap=GUESS_GAP)
        seen = [] if guess.values is None else [guess.values]
    if not seen:
        return None
    best = min(seen, key=lambda values: [goal.value(values) for goal in model.goals])
    steps = search.climb.steps
    met = [step.goal.value(best) <= step.least for step in steps]
    certain = met.index(False) + 1 if False in met else len(met)
    bounds = [_bound(model, step) for step in steps[:certain]]
    return Certified(best, (*bounds, *floor_bounds(model)[certain:]))


def floor_bounds(model: Model) -> tuple[Bound, ...]:
    """The bounds that need no solver."""
    return tuple(
        Bound(least * model.unit if goal.name == "excess" else least, NOT_PROVED)
        for goal, least in zip(model.goals, floors(model), strict=True)
    )


def _bound(model: Model, step: Step) -> Bound:
    least = step.least * model.unit if step.goal.name == "excess" else step.least
    return Bound(least, step.method)
