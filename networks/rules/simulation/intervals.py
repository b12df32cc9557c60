"""A mean with its 95 % interval, of days or of the differences between two policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean, stdev


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean, and how far the truth may be to either side with 95 % certainty."""

    mean: float
    half: float

    @property
    def low(self) -> float:
        return self.mean - self.half

    @property
    def high(self) -> float:
        return self.mean + self.half

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def interval(values: Sequence[float]) -> Interval:
    """Of independent values; of fewer than two nothing is certain, and `half` is infinite."""
    if len(values) < 2:
        return Interval(mean(values), float("inf"))
    return Interval(mean(values), t_quantile(len(values) - 1) * stdev(values) / sqrt(len(values)))


def paired(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Ours less theirs, day by day."""
    return interval([one - other for one, other in zip(ours, theirs, strict=True)])


def change(ours: Sequence[float], theirs: Sequence[float]) -> Interval | None:
    """Our mean against theirs in per cent (the delta method); None where theirs is nothing."""
    base = mean(theirs)
    if base == 0:
        return None
    ratio = mean(ours) / base
    spread = interval([one - ratio * other for one, other in zip(ours, theirs, strict=True)])
    return Interval(100 * (ratio - 1), 100 * spread.half / abs(base))


def t_quantile(freedom: int) -> float:
    """Student's t at 97.5 %: exact for 1 and 2 degrees of freedom, else by Hill's expansion."""
    if freedom == 1:
        return 12.7062
    if freedom == 2:
        return 4.3027
    z = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom**power) for power, term in enumerate(terms, start=1))
