"""Small counts that leave the network: hidden so that no two views together reveal one (T03).

1 to 7 become "*", everything else is rounded to 5; percentages and totals are made from what is
shown, never from what is hidden. The same function serves the page, the file and the API.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

HIDDEN_UP_TO = 7
STEP = 5
MARK = "*"


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as outsiders see it: None is hidden, otherwise a multiple of five."""

    count: int | None

    def __str__(self) -> str:
        return MARK if self.count is None else str(self.count)


HIDDEN = Shown(None)


def shown(count: int) -> Shown:
    """The count hidden or rounded; zero is zero."""
    if count < 0:
        raise ValueError("A count is never negative")
    if 1 <= count <= HIDDEN_UP_TO:
        return HIDDEN
    return Shown((2 * count + STEP) // (2 * STEP) * STEP)


def shown_table(counts: Mapping[Key, int]) -> dict[Key, Shown]:
    """Every cell on its own: what one cell shows never depends on another."""
    return {key: shown(count) for key, count in counts.items()}


def total(cells: Iterable[Shown]) -> Shown:
    """The sum of what is shown; hidden cells add nothing, so no subtraction brings them back."""
    found = list(cells)
    if found and all(cell.count is None for cell in found):
        return HIDDEN
    return Shown(sum(cell.count or 0 for cell in found))


def percent(part: Shown, whole: Shown) -> int | None:
    """The percentage of two shown counts, or None where one is hidden or the whole is zero."""
    if part.count is None or not whole.count:
        return None
    return min(100, (200 * part.count + whole.count) // (2 * whole.count))
