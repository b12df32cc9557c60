"""Many real connections at once, released together."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType

import pytest
from django.db import connections
from psycopg2.sql import SQL

from practices.doors import Busy
from practices.rules.refusals import Refused
from tests.conftest import as_owner

Wish = Callable[[int], object]
# Where a lock stops the others, the first waits for them in vain; in a control everybody comes.
IN_VAIN, UNTIL_ALL = 0.5, 30.0


def at_once(number: int, wish: Wish) -> list[object]:
    """What each of `number` threads got back: a result, a refusal, or that the house was busy."""
    start = threading.Barrier(number)

    def one(index: int) -> object:
        start.wait()
        try:
            return wish(index)
        except (Refused, Busy) as answer:
            return answer
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


def won(answers: list[object]) -> int:
    return sum(not isinstance(answer, Refused | Busy) for answer in answers)


def codes(answers: list[object]) -> set[str]:
    """The codes of the refusals; "busy" is none of them."""
    return {answer.code for answer in answers if isinstance(answer, Refused)}


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`meet(2, UNTIL_ALL, (module, "look"))`: nobody goes on from `look` before two are there.

    It is the last look at what the other may change: what is read later may see the other's commit.
    Who waits `IN_VAIN` goes on alone; without a lock that is a fault of the test, and fails it.
    """

    def meet_after(number: int, patience: float, *looks: tuple[ModuleType, str]) -> None:
        everybody = threading.Barrier(number)

        def met(look: Callable[..., object]) -> Callable[..., object]:
            def looking(*what: object, **how: object) -> object:
                found = look(*what, **how)
                try:
                    everybody.wait(patience)
                except threading.BrokenBarrierError:
                    if patience == UNTIL_ALL:
                        raise
                return found

            return looking

        for module, name in looks:
            monkeypatch.setattr(module, name, met(getattr(module, name)))

    return meet_after


@pytest.fixture
def without(committed: str) -> Callable[..., AbstractContextManager[None]]:
    """The same race with a guard of the database taken away, for the positive control."""

    @contextmanager
    def guard_off(drop: str, restore: str) -> Iterator[None]:
        owner = as_owner(committed)
        try:
            owner.cursor().execute(SQL(drop))
            yield
        finally:
            connections.close_all()
            owner.cursor().execute(SQL("TRUNCATE appointments_booking, triage_case CASCADE"))
            owner.cursor().execute(SQL(restore))
            owner.close()

    return guard_off
