"""The wall clock in England: days, times of day, and the words for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


# A list of places asks for the same few instants again and again; equal instants, equal words.
@lru_cache(maxsize=4096)
def day_of(at: datetime) -> date:
    """The Europe/London day of an instant: what limits and lists are counted by."""
    return at.astimezone(LONDON).date()


def instant(day: date, wall: time) -> datetime:
    """The instant of a wall time; where clocks go back, the first of the two."""
    return datetime.combine(day, wall, tzinfo=LONDON).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The instant a London day begins."""
    return instant(day, time(0))


def time_words(wall: time) -> str:
    """A time as the NHS writes it: 9:31am, 5:30pm, midday, midnight."""
    if wall == time(0):
        return "midnight"
    if wall == time(12):
        return "midday"
    minutes = f":{wall.minute:02}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{'am' if wall.hour < 12 else 'pm'}"


@lru_cache(maxsize=4096)
def clock_words(at: datetime) -> str:
    """The London time of an instant, as the NHS writes it."""
    return f"{time_words(at.astimezone(LONDON).time())}{turn_words(at)}"


def turn_words(at: datetime) -> str:
    """ " BST" or " GMT" in the hour that comes twice when clocks go back; else nothing."""
    wall = at.astimezone(LONDON)
    comes_once = wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset()
    return "" if comes_once else f" {wall.tzname()}"


@lru_cache(maxsize=256)
def day_words(day: date) -> str:
    """A day in words: Monday 4 January."""
    return f"{day:%A} {day.day} {day:%B}"
