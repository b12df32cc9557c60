"""What each step of a journey costs: presses, page loads and seconds, as a table."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.journeys.desk import Desk


@dataclass(frozen=True, slots=True)
class Step:
    """One step; the seconds are the browser's and the server's, without the test's own looks."""

    name: str
    interactions: int
    loads: int
    seconds: float


class Steps:
    """A journey, step by step, at one desk or several."""

    def __init__(self, journey: str) -> None:
        self.journey = journey
        self.taken: list[Step] = []

    @contextmanager
    def step(self, desk: Desk, name: str) -> Iterator[None]:
        """What the desk does meanwhile is the step."""
        presses, loads, looked, started = (
            desk.interactions,
            desk.loads,
            desk.looked,
            time.perf_counter(),
        )
        yield
        seconds = time.perf_counter() - started - (desk.looked - looked)
        self.taken.append(Step(name, desk.interactions - presses, desk.loads - loads, seconds))

    @property
    def cost(self) -> tuple[int, int]:
        """Interactions and page loads of the whole journey."""
        return sum(one.interactions for one in self.taken), sum(one.loads for one in self.taken)

    def table(self) -> str:
        """The steps and their sum, one line each."""
        seconds = sum(one.seconds for one in self.taken)
        rows = [*self.taken, Step("in all", *self.cost, seconds)]
        head = f"{self.journey:<52}{'interactions':>13}{'page loads':>12}{'seconds':>9}"
        lines = [
            f"  {one.name:<50}{one.interactions:>13}{one.loads:>12}{one.seconds:>9.1f}"
            for one in rows
        ]
        return "\n".join(["", head, *lines])
