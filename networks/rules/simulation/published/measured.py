"""What a published model says, what ours says, and whether the two agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from networks.rules.simulation.intervals import Interval, interval

TOLERANCE = 0.05
ROUNDED = 0.0005  # published figures have three decimals


@dataclass(frozen=True, slots=True)
class Agreement:
    """One published mean beside ours."""

    measure: str
    published: float
    found: Interval

    @property
    def is_met(self) -> bool:
        """The published mean is within our 95 % interval, or ours within 5 % of it."""
        off = abs(self.found.mean - self.published)
        allowed = max(ROUNDED, TOLERANCE * abs(self.published))
        return self.found.holds(self.published) or off <= allowed


def agreements(
    published: Mapping[str, float], runs: Sequence[Mapping[str, float]]
) -> list[Agreement]:
    """Each published measure beside the mean of our runs."""
    return [
        Agreement(measure, value, interval([run[measure] for run in runs]))
        for measure, value in published.items()
    ]


class Waits:
    """A queue watched: how long each waited, and from when on it counts."""

    def __init__(self, since: float = 0.0) -> None:
        self.since = since
        self.all: list[float] = []

    def add(self, asked: float, got: float) -> None:
        if got >= self.since:
            self.all.append(got - asked)

    @property
    def mean(self) -> float:
        return sum(self.all) / len(self.all) if self.all else 0.0
