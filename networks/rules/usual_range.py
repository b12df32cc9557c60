"""What chance alone makes of a share from week to week: a p chart, as statistical process control.

NHS England, Making Data Count: no colours for good and bad, but limits at three sigma around the
mean; a week outside is worth a question, and one inside is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

SIGMAS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a week's whole."""

    counted: int
    of: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The limits of one week in a hundred; `beyond` is 1 above them, -1 below, else 0."""

    lowest: int
    highest: int
    beyond: int = 0


def usual_ranges(parts: Sequence[Part]) -> tuple[Usual | None, ...]:
    """For each week: what was to be expected; None where nobody was counted."""
    of = sum(part.of for part in parts)
    mean = sum(part.counted for part in parts) / of if of else 0.0
    return tuple(_usual(part, mean) if part.of else None for part in parts)


def _usual(part: Part, mean: float) -> Usual:
    reach = SIGMAS * sqrt(mean * (1 - mean) / part.of)
    lowest, highest = max(0.0, mean - reach), min(1.0, mean + reach)
    share = part.counted / part.of
    # A mean of 0 or 1 leaves no room: what rounding alone sets apart is not beyond it.
    beyond = int(share > highest + 1e-9) - int(share < lowest - 1e-9)
    return Usual(floor(100 * lowest), ceil(100 * highest), beyond)
