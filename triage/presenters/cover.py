"""The cover table in words: who answers when, and each gap said and coloured."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from appointments.rules.cover import CoverHour, Stretch, gap_words
from practices.presenters import day_words, time_words
from practices.rules.phones import spoken
from triage.queries.cover_page import QueueCover


@dataclass(frozen=True, slots=True)
class HourLine:
    """One hour: who, under which numbers, and whether anybody is missing."""

    when: str
    who: str
    phone: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A dated row, to be withdrawn."""

    public_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One queue."""

    organisation_id: int
    code: str
    name: str
    what: str
    heading: str
    hours: tuple[HourLine, ...]
    named: tuple[NamedLine, ...]
    ahead: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All queues of a day, and the days beside it."""

    day: str
    day_words: str
    before: str
    after: str
    tables: tuple[Table, ...]


def page(found: Collection[QueueCover], *, day: date, mine: Collection[int]) -> Page:
    """The cover of the day; `mine` are the queues whose cover this person arranges."""
    return Page(
        day=day.isoformat(),
        day_words=day_words(day),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat(),
        tables=tuple(_table(one, may_change=one.queue.organisation_id in mine) for one in found),
    )


def _table(one: QueueCover, *, may_change: bool) -> Table:
    gaps = [gap for hour in one.hours for gap in hour.gaps]
    heading = "closed" if not one.hours else _gap_count(one) if gaps else "covered"
    return Table(
        organisation_id=one.queue.organisation_id,
        code=one.queue.code,
        name=one.queue.name,
        what="A GP at the hub" if one.queue.is_hub else "The duty clinician",
        heading=heading,
        hours=tuple(_hour(hour, is_hub=one.queue.is_hub) for hour in one.hours),
        named=tuple(NamedLine(str(row.public_id), _named(row.stretch)) for row in one.named),
        ahead=tuple(gap_words([gap]) for gap in one.ahead),
        may_change=may_change,
    )


def _hour(hour: CoverHour, *, is_hub: bool) -> HourLine:
    names = dict.fromkeys(one.name for one in hour.people)
    phones = dict.fromkeys(spoken(one.phone) for one in hour.people if one.phone)
    is_whole = bool(hour.gaps) and not hour.people
    nobody = "Gap: no GP" if is_hub else "Gap: nobody"
    part = ", ".join(
        f"{time_words(gap.opens_at)} to {time_words(gap.closes_at)}" for gap in hour.gaps
    )
    return HourLine(
        when=f"{time_words(hour.starts_at)} to {time_words(hour.ends_at)}",
        who=", ".join(names) or "Nobody",
        phone=", ".join(phones) or ("No phone number given" if names else ""),
        state=nobody if is_whole else f"Gap: {part}" if hour.gaps else "Covered",
        colour="red" if is_whole else "orange" if hour.gaps else "green",
    )


def _named(one: Stretch) -> str:
    span = f"{time_words(one.starts_at)} to {time_words(one.ends_at)}"
    return f"{one.name}, {span}, {spoken(one.phone)}"


def _gap_count(one: QueueCover) -> str:
    count = sum(bool(hour.gaps) for hour in one.hours)
    return f"{count} {'hour' if count == 1 else 'hours'} with a gap"
