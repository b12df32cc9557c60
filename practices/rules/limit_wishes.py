"""Somebody wishes a dated limit: what it must say, and what becomes of those that stood before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from practices.rules.limits import Cause
from practices.rules.refusals import BadInput, Conflict

LONGEST_TEXT = 200
LATEST_START = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class LimitWish:
    """A limit in tenths of a point from a day up to (not including) another, and why.

    `seen` marks what stood when it was written; None where nobody looked.
    """

    points: int
    from_on: date
    reason: str
    basis: str
    until_on: date | None = None
    cause: Cause = Cause.AGREED
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, open at the end when there is no `until_on`."""

    from_on: date
    until_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no day is left in it."""
        return self.until_on is not None and self.until_on <= self.from_on

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def check_wish(wish: LimitWish, *, today: date) -> None:
    """The limit starts today or within a year, ends after that, and says why and on what basis."""
    if wish.from_on < today:
        raise BadInput(
            "A limit starts today or later: what has been is not changed", field="from_on"
        )
    if wish.from_on > today + LATEST_START:
        raise BadInput("A limit must start within a year", field="from_on")
    if wish.until_on is not None and wish.until_on <= wish.from_on:
        raise BadInput("The limit must end after it starts", field="until_on")
    if wish.cause is Cause.PHASED_RETURN and wish.until_on is None:
        raise BadInput(
            "A phased return must say when it ends or is looked at again", field="until_on"
        )
    for name, said, words in (
        ("reason", wish.reason, "Enter why the limit changes"),
        ("basis", wish.basis, "Enter what the limit is based on"),
    ):
        if not any(letter.isalnum() for letter in said):
            raise BadInput(words, field=name)
        if len(said) > LONGEST_TEXT:
            raise BadInput(f"Write {LONGEST_TEXT} characters or fewer", field=name)


def check_seen(wish: LimitWish, *, now: str) -> None:
    """What stands is what the person saw: nobody's limit is replaced unread."""
    if wish.seen is not None and wish.seen != now:
        raise Conflict(
            "Somebody changed this limit while you were writing. Read what is set now,"
            " then change yours or send it again",
            code="stale",
        )


def left_of(standing: Span, new: Span) -> tuple[Span, ...]:
    """What stays of a standing limit beside a new one: what was before, and what comes after."""
    before = replace(standing, until_on=_earlier(standing.until_on, new.from_on))
    after = (
        Span(max(standing.from_on, new.until_on), standing.until_on)
        if new.until_on is not None
        else None
    )
    return tuple(span for span in (before, after) if span is not None and not span.is_empty)


def is_touched(standing: Span, new: Span) -> bool:
    """Whether the two share a day."""
    return left_of(standing, new) != (standing,)


def _earlier(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
