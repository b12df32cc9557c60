"""The marks the outcome tables are held against, at equal routine admission."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from networks.rules.simulation.intervals import Interval, change, paired
from networks.rules.simulation.outcomes import Outcome

Measure = Callable[[Outcome], float]

MEASURES: Mapping[str, Measure] = {
    "over-limit GP-days": lambda day: day.over_limit,
    "excess points": lambda day: day.excess,
    "breaches": lambda day: day.all_breaches,
    "urgent breaches": lambda day: day.urgent_breaches,
    "mean wait": lambda day: day.mean_wait(),
    "continuity": lambda day: day.continuity,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What Headroom is to reach against a policy: a change in per cent, or in `points`."""

    against: str
    measure: str
    wanted: float | None
    in_points: bool = False


# The design's table of marks; the wait against the earliest slot is shown, not promised.
MARKS = (
    Mark("none", "over-limit GP-days", -65),
    Mark("none", "excess points", -85),
    Mark("none", "breaches", -75),
    Mark("none", "urgent breaches", -80),
    Mark("none", "mean wait", -20),
    Mark("fcfs", "over-limit GP-days", -40),
    Mark("fcfs", "excess points", -35),
    Mark("fcfs", "breaches", -50),
    Mark("fcfs", "urgent breaches", -70),
    Mark("fcfs", "continuity", 10, in_points=True),
    Mark("earliest", "excess points", -20),
    Mark("earliest", "continuity", 10, in_points=True),
    Mark("earliest", "urgent breaches", 0),
    Mark("earliest", "mean wait", None, in_points=True),
)
MOST_MOVES_PER_100 = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """A mark and what was found; `found` is None where the other policy has nothing to lower."""

    mark: Mark
    found: Interval | None

    @property
    def is_reached(self) -> bool | None:
        """Whether the mean reaches the mark; None where nothing was promised or measured."""
        wanted = self.mark.wanted
        if wanted is None or self.found is None:
            return None
        return self.found.mean >= wanted if wanted > 0 else self.found.mean <= wanted


def held(ours: Sequence[Outcome], theirs: Mapping[str, Sequence[Outcome]]) -> list[Held]:
    """Each mark against the policies that were lived."""
    return [
        Held(mark, _found(mark, ours, theirs[mark.against]))
        for mark in MARKS
        if mark.against in theirs
    ]


def _found(mark: Mark, ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> Interval | None:
    measure = MEASURES[mark.measure]
    one, other = [measure(day) for day in ours], [measure(day) for day in theirs]
    return paired(one, other) if mark.in_points else change(one, other)
