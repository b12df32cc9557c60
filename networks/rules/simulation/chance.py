"""Where random numbers come from: whoever calls passes them in, by name."""

from collections.abc import Callable
from typing import Protocol


class Chance(Protocol):
    """One stream of random numbers; `random.Random` is one."""

    def random(self) -> float:
        """From 0 up to 1."""

    def expovariate(self, lambd: float, /) -> float:
        """Exponential, with the rate given."""

    def gammavariate(self, alpha: float, beta: float, /) -> float:
        """Gamma, with shape and scale."""

    def lognormvariate(self, mu: float, sigma: float, /) -> float:
        """Lognormal, of the normal's mean and deviation."""

    def normalvariate(self, mu: float, sigma: float, /) -> float:
        """Normal."""

    def triangular(self, low: float, high: float, mode: float, /) -> float:
        """Triangular."""


# The same name gives a fresh stream with the same numbers: all policies see the same days.
Streams = Callable[[str], Chance]
