"""What the solver answers: places, what found none, why, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from appointments.rules.rebalancing.levels import LevelResult

Fact = str | int | float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its numbers, to be stored; `wording.sentence` says it to people."""

    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Placement:
    """A case and its slot; `was` is where it was booked before, if anywhere."""

    case: str
    slot: str
    was: str | None
    reasons: tuple[Reason, ...]

    @property
    def is_move(self) -> bool:
        return self.was is not None and self.was != self.slot


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A case that found no place, and what would have to change."""

    case: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every case once, either placed or unplaced, with the certificate of the seven levels.

    `altered` counts the last run's proposals that this one changes, and how few can be.
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    levels: tuple[LevelResult, ...]
    altered: LevelResult
    comfort: float

    @property
    def is_proved(self) -> bool:
        return all(level.proved for level in self.levels)

    @property
    def moves(self) -> tuple[Placement, ...]:
        return tuple(placement for placement in self.placements if placement.is_move)
