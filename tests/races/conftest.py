"""Many real connections at once, released together."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import ModuleType

import psycopg2
import pytest
from django.db import connection, connections
from psycopg2.sql import SQL

from practices.doors import Busy
from practices.rules.refusals import Refused
from tests.conftest import as_owner

Wish = Callable[[int], object]
Place = tuple[ModuleType, str]
# Where a lock stops the others, the first waits for them in vain; in a control everybody comes.
# On a loaded machine the second may arrive after that: the guarded half then passes without having
# met anybody. That the race meets is proved by its control, which fails unless everybody comes.
IN_VAIN, UNTIL_ALL = 0.5, 60.0


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


def somebody_waits_for(holder: psycopg2.extensions.connection) -> None:
    """Somebody is waiting for what the holder's open transaction has locked."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))"
    until = time.monotonic() + UNTIL_ALL
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(waiting, [holder.info.backend_pid])
            if cursor.fetchone():
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


class Meeting:
    """Nobody of so many threads goes on from here alone; a wish that is repeated has met already.

    They meet after the last look, or before the first change, of what the others may change: what
    is read later may see another's commit.
    """

    def __init__(self, number: int, patience: float) -> None:
        self.everybody, self.patience = threading.Barrier(number), patience
        self.has_met = threading.local()

    def wait(self) -> None:
        if hasattr(self.has_met, "here"):
            return
        self.has_met.here = True
        try:
            self.everybody.wait(self.patience)
        except threading.BrokenBarrierError:
            if self.patience == UNTIL_ALL:
                raise

    def after(self, look: Callable[..., object], *what: object, **how: object) -> object:
        found = look(*what, **how)
        self.wait()
        return found

    def before(self, change: Callable[..., object], *what: object, **how: object) -> object:
        self.wait()
        return change(*what, **how)


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`meet(2, UNTIL_ALL, after=[(module, "look")])`: having looked, two wait for each other."""

    def at_these(
        number: int, patience: float, *, after: Sequence[Place] = (), before: Sequence[Place] = ()
    ) -> None:
        meeting = Meeting(number, patience)
        for module, name in after:
            monkeypatch.setattr(module, name, partial(meeting.after, getattr(module, name)))
        for module, name in before:
            monkeypatch.setattr(module, name, partial(meeting.before, getattr(module, name)))

    return at_these


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
