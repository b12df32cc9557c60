"""A linear program in whole numbers, and what is asked of whoever solves it.

The rules build programs and read answers; the solver itself is passed in, so that this package
stays plain Python.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
class Wish:
    """What to prefer among equally good solutions, to within a relative gap.

    `uppers` and `rows` add columns that may take fractions; `costs` runs over all columns.
    """

    costs: Sequence[float]
    gap: float = 0.0
    uppers: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()

    def on(self, program: Program) -> Program:
        """`program` with the columns and rows of the wish."""
        return Program(
            uppers=(*program.uppers, *self.uppers),
            whole=(*program.whole, *(False for _ in self.uppers)),
            rows=(*program.rows, *self.rows),
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum when fractions are allowed, and what one unit of each column would add to it."""

    value: float
    values: Sequence[float]
    reduced_costs: Sequence[float]


@dataclass(frozen=True, slots=True)
class Searched:
    """The best whole solution found, if any, and the bound below which none exists.

    Finished without values means that there is none; not finished, that the brake was pulled.
    """

    values: Sequence[int] | None
    bound: float
    is_finished: bool


class Solver(Protocol):
    """Deterministic, one thread, the clock only as a brake."""

    def relax(self, program: Program, costs: Sequence[float]) -> Relaxed | None:
        """The minimum of `costs` with fractions allowed; None if there is none or by the brake."""

    def search(self, program: Program, costs: Sequence[float], *, gap: float = 0.0) -> Searched:
        """The minimum of `costs` in whole values, to within the relative `gap`."""
