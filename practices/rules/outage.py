"""A planned outage: when Headroom is worked on, and the words that say so before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.rules.london import LONDON, clock_words, day_of, day_words
from practices.rules.refusals import BadInput
from practices.rules.wall_times import instant_of

LIKE = "2026-12-06T02:00/2026-12-06T04:00"
# Longer before, nobody remembers it on the day.
SAID_BEFORE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Outage:
    """From when until when nobody can work here."""

    starts_at: datetime
    ends_at: datetime


def read_outage(text: str) -> Outage | None:
    """What whoever runs the system has set, in English time; nothing set is no outage."""
    if not text.strip():
        return None
    try:
        starts, ends = (datetime.fromisoformat(part.strip()) for part in text.split("/"))
    except ValueError as unread:
        raise BadInput(f"A planned outage is a start and an end, like {LIKE}") from unread
    outage = Outage(_instant(starts), _instant(ends))
    if outage.ends_at <= outage.starts_at:
        raise BadInput("A planned outage must end after it starts")
    return outage


def _instant(said: datetime) -> datetime:
    return instant_of(said.date(), said.time()) if said.tzinfo is None else said


def outage_words(outage: Outage | None, *, now: datetime) -> str:
    """When it is, for the fortnight before; nothing once it is over."""
    if outage is None or not outage.starts_at - SAID_BEFORE <= now < outage.ends_at:
        return ""
    starts, ends = outage.starts_at.astimezone(LONDON), outage.ends_at.astimezone(LONDON)
    until = clock_words(ends)
    if day_of(starts) != day_of(ends):
        until = f"{until} on {day_words(day_of(ends))}"
    if now >= outage.starts_at:
        return f"Headroom may stop at any moment: it is worked on until {until}"
    on = day_words(day_of(starts))
    return f"Headroom cannot be used on {on} from {clock_words(starts)} to {until}"
