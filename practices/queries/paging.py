"""Who: one page of a list, by the place where it starts and never by counting rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

R = TypeVar("R")
M = TypeVar("M", bound=Model)
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page: `size` rows after a place in the order, or before one, or from the start."""

    size: int = 50
    after: Key | None = None
    before: Key | None = None

    @property
    def is_backward(self) -> bool:
        return self.before is not None

    @property
    def place(self) -> Key | None:
        """Where the page starts, or ends when turning back."""
        return self.before if self.is_backward else self.after


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows in order; `next` is a page after the last of them, `previous` one before the first."""

    rows: tuple[R, ...]
    next: Key | None = None
    previous: Key | None = None


def page_of(
    found: QuerySet[M], *, keys: Sequence[str], turn: Turn, row: Callable[[M], R]
) -> Page[R]:
    """The page of the rows in the order of `keys`, of which the last is unique. One statement."""
    if turn.place is not None:
        found = found.filter(_beyond(keys, turn.place, is_backward=turn.is_backward))
    sign = "-" if turn.is_backward else ""
    rows = list(found.order_by(*(f"{sign}{key}" for key in keys))[: turn.size + 1])
    places = [_place(one, keys) for one in rows[: turn.size]]
    return cut([row(one) for one in rows], places, turn)


def cut(rows: Sequence[R], places: Sequence[Key], turn: Turn) -> Page[R]:
    """A page from up to `size + 1` rows read in the direction of the turn, and their places."""
    has_more = len(rows) > turn.size
    kept, places = list(rows[: turn.size]), list(places[: turn.size])
    if turn.is_backward:
        kept.reverse()
        places.reverse()
    if not kept:
        return Page(rows=())
    is_before, is_after = (
        (has_more, True) if turn.is_backward else (turn.after is not None, has_more)
    )
    return Page(
        rows=tuple(kept),
        next=places[-1] if is_after else None,
        previous=places[0] if is_before else None,
    )


def _place(one: Model, keys: Sequence[str]) -> Key:
    return tuple(_plain(attrgetter(key.replace("__", "."))(one)) for key in keys)


def _plain(value: Any) -> str | int:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _beyond(keys: Sequence[str], place: Key, *, is_backward: bool) -> Q:
    """Rows after the place in the order of the keys, or before it."""
    way = "lt" if is_backward else "gt"
    steps = [
        Q(**dict(zip(keys[:depth], place[:depth], strict=True)))
        & Q(**{f"{key}__{way}": place[depth]})
        for depth, key in enumerate(keys)
    ]
    return reduce(Q.__or__, steps)
