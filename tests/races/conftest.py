"""Many real connections at once, released together."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connections
from psycopg2.sql import SQL

from practices.doors import Busy
from practices.rules.refusals import Refused
from tests.conftest import as_owner

Wish = Callable[[int], object]


def at_once(number: int, wish: Wish) -> list[object]:
    """What each of `number` threads got back: a result, a refusal, or that the house was busy."""
    start, answers = threading.Barrier(number), [None] * number

    def one(index: int) -> None:
        start.wait()
        try:
            answers[index] = wish(index)
        except (Refused, Busy) as answer:
            answers[index] = answer
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def won(answers: list[object]) -> int:
    return sum(not isinstance(answer, Refused | Busy) for answer in answers)


def codes(answers: list[object]) -> set[str]:
    """The codes of the refusals; "busy" is none of them."""
    return {answer.code for answer in answers if isinstance(answer, Refused)}


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
