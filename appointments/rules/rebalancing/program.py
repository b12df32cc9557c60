"""A linear program in whole numbers, and what is asked of whoever solves it.

The rules build programs and read answers; the solver itself is passed in, so that this package
stays plain Python.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of factor x column is at most `bound`, or equals it."""

    columns: tuple[int, ...]
    factors: tuple[int, ...]
    bound: int
    is_equality: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """Columns run from 0 to their upper bound; the `whole` ones take whole values only."""

    uppers: tuple[int, ...]
    whole: tuple[bool, ...]
    rows: tuple[Row, ...]

    def with_rows(self, rows: Iterable[Row]) -> "Program":
        return replace(self, rows=(*self.rows, *rows))

    def without(self, columns: Iterable[int]) -> "Program":
        """The same program with `columns` fixed at nothing."""
        uppers = list(self.uppers)
        for column in columns:
            uppers[column] = 0
        return replace(self, uppers=tuple(uppers))


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum when fractions are allowed, and what one unit of each column would add to it."""

    value: float
    values: Sequence[float]
    reduced_costs: Sequence[float]


@dataclass(frozen=True, slots=True)
class Searched:
    """The best whole solution found, and the bound below which none exists."""

    values: Sequence[int]
    bound: float
    nodes: int = field(default=0)


class Solver(Protocol):
    """Deterministic, one thread. None means that nothing was found before the brake."""

    def relax(self, program: Program, costs: Sequence[float]) -> Relaxed | None:
        """The minimum of `costs` with fractions allowed."""

    def search(
        self, program: Program, costs: Sequence[float], *, gap: float = 0.0
    ) -> Searched | None:
        """The minimum of `costs` in whole values, to within the relative `gap`."""
