"""The children of one run, and the certainty that none outlives it."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from config.dev import lock
from config.dev.children import Child
from config.dev.places import Places, clear

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Household:
    """The children in the order they started; they stop in the opposite order.

    The last acts come after them, when nobody writes any more.
    """

    children: list[Child] = field(default_factory=list)
    last_acts: list[Callable[[], None]] = field(default_factory=list)

    def start(self, child: Child) -> Child:
        """The child runs and will be stopped with the others."""
        self.children.append(child)
        child.start()
        return child

    def keep_running(self) -> None:
        """One look at every child."""
        for child in self.children:
            child.keep_running()

    def stop(self) -> None:
        """Nothing that was started is left; a second Ctrl-C does not hurry it."""
        for sent in ENDINGS:
            signal.signal(sent, signal.SIG_IGN)
        while self.children:
            self.children.pop().stop()
        while self.last_acts:
            self.last_acts.pop()()


@contextlib.contextmanager
def lived_in(places: Places, *, busy: str) -> Iterator[Household]:
    """This process alone uses the state; what it starts inside is stopped on every way out."""
    with lock.held(places, busy=busy):
        household = Household()
        _end_on_signals()
        try:
            yield household
        finally:
            household.stop()


@contextlib.contextmanager
def camp(places: Places) -> Iterator[Household]:
    """A household whose state is gone afterwards, and with it what killed runs left behind."""
    lock.clear_abandoned(places)
    try:
        with lived_in(places, busy=f"Another run uses {places.state}.") as household:
            yield household
    finally:
        clear(places)


def _end_on_signals() -> None:
    """SIGTERM and a closed terminal end the run as Ctrl-C does."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for sent in ENDINGS:
        signal.signal(sent, end)
