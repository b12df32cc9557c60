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
FEW = 3  # so far above its bound a level climbs by one: the tighter a program, the sooner refuted
NOT_PROVED = "best found"


@dataclass(frozen=True, slots=True)
class Certified:
    """The best values found for the model's columns, and a bound per level nothing can beat."""

    values: Sequence[int]
    bounds: tuple[Bound, ...]


class OutOfTimeError(Exception):
    """The solver stopped before it knew."""


def certify(model: Model, solver: Solver, wish: Wish) -> Certified | None:
    """The lexicographic optimum with its proof, nearest the wish; None if nothing is found."""
    search = _Search(model, solver)
    try:
        values = search.find(wish)
    except OutOfTimeError:
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
            self.climb.raise_level(*self._next_raise())
        raise OutOfTimeError

    def _next_raise(self) -> tuple[int, int]:
        """A level whose bound no whole plan meets with those before it, and a higher one.

        The last level is tried first, for it is most often the one. Else the best plan seen says
        which level is in doubt: either none is better there, or a better plan is seen.
        """
        if not self.witnesses:
            met, bound = self._first_seen()
            step = self.climb.steps[met]
            if step is self.climb.steps[-1]:
                least = step.goal.constant + ceil(bound - ROUNDING)
                return met, max(step.least + 1, least)
        for _ in range(MOST_RAISES):
            position = self._first_missed()
            if position is None:
                break
            step = self.climb.steps[position]
            seen = step.goal.value(self._best_seen())
            aim = step.least if seen - step.least <= FEW else (step.least + seen) // 2
            better = self._search(step.at_most(aim), self._guess(position))
            if better.values is None:
                return position, aim + 1
            self.witnesses.append(better.values)
        raise OutOfTimeError

    def _first_seen(self) -> tuple[int, float]:
        """A first plan: it meets all levels before the position told; and the bound it came with.

        A plan is dear to find, and that there is none is told fast: so from the last level down.
        """
        last, counted = len(self.climb.steps) - 1, self.climb.counted
        for position in (last, (last + counted) // 2, counted, 0):
            found = self._search(self.climb.steps[position].before, self._guess(position))
            if found.values is not None:
                self.witnesses.append(found.values)
                return position, found.bound
        raise OutOfTimeError

    def _guess(self, position: int) -> Wish:
        return Wish(guess_costs(self.model, position))

    def _best_seen(self) -> Sequence[int]:
        return min(self.witnesses, key=self._levels)

    def _levels(self, values: Sequence[int]) -> list[int]:
        return [goal.value(values) for goal in self.model.goals]

    def _first_missed(self) -> int | None:
        """The first level whose bound the best plan seen does not meet."""
        levels = self._levels(self._best_seen())
        for position, (step, value) in enumerate(zip(self.climb.steps, levels, strict=True)):
            if value > step.least:
                return position
        return None

    def _search(self, program: Program, wish: Wish) -> Searched:
        found = self.solver.search(wish.on(program), wish.costs, gap=wish.gap)
        if found.values is None and not found.is_finished:
            raise OutOfTimeError
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
