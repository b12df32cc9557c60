"""Sessions on the wall clock become slots in time, also on the days the clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from practices.rules.refusals import BadInput

LONGEST = timedelta(hours=24)
# How long a place is kept while the caller decides; asked for again and again, so long in all.
HOLD, LONGEST_HOLD = timedelta(minutes=2), timedelta(minutes=5)
SHORTEST_SLOT, LONGEST_SLOT = 5, 120
_ENDS = "End time must be after start time"


class Span(NamedTuple):
    """A stretch of time in UTC, from an instant up to another."""

    starts_at: datetime
    ends_at: datetime


def check_span(starts_at: datetime, ends_at: datetime) -> Span:
    """The span in UTC; nothing that ends before it starts, is empty or longer than a day."""
    span = Span(starts_at.astimezone(UTC), ends_at.astimezone(UTC))
    if not timedelta(0) < span.ends_at - span.starts_at <= LONGEST:
        raise BadInput(_ENDS, field="ends_at")
    return span


def slot_times(starts_at: datetime, ends_at: datetime, *, minutes: int) -> list[Span]:
    """The slots of a session, one after the other, each of the full length.

    What is left at the end and too short for a slot is not bookable.
    """
    if not SHORTEST_SLOT <= minutes <= LONGEST_SLOT:
        words = f"Slots must be {SHORTEST_SLOT} to {LONGEST_SLOT} minutes long"
        raise BadInput(words, field="slot_minutes")
    span = check_span(starts_at, ends_at)
    length = timedelta(minutes=minutes)
    count = (span.ends_at - span.starts_at) // length
    if count == 0:
        raise BadInput("The session is shorter than one slot", field="ends_at")
    return [
        Span(span.starts_at + number * length, span.starts_at + (number + 1) * length)
        for number in range(count)
    ]


def lowest_free_place(places: int, taken: Iterable[int]) -> int | None:
    """The lowest place of a slot that nobody has, counted from 1, or None when it is full."""
    used = set(taken)
    return next((place for place in range(1, places + 1) if place not in used), None)
