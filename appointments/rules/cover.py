"""Who answers for a queue in each opening hour, and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hubs.rules.opening import Period
from hubs.rules.scope import may_triage
from practices.rules.london import clock_words, day_of, day_words
from practices.rules.professions import Profession

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody answers for the queue from one instant up to another.

    `is_named`: a dated row says so; else a published session does.
    """

    starts_at: datetime
    ends_at: datetime
    clinician_id: int
    name: str
    phone: str = ""
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody has a session and is not there, from one instant up to another."""

    clinician_id: int
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class CoverHour:
    """One line of the cover table: an opening hour, who answers, and what of it nobody covers."""

    starts_at: datetime
    ends_at: datetime
    people: tuple[Stretch, ...]
    gaps: tuple[Period, ...]


def answers_alone(profession: Profession, *, at_hub: bool) -> bool:
    """Whether this profession covers a queue: at a hub a GP is in the building throughout."""
    return profession is Profession.GP if at_hub else may_triage(profession)


def without(periods: Iterable[Period], taken: Iterable[tuple[datetime, datetime]]) -> list[Period]:
    """What is left of the periods once the stretches are taken out of them."""
    left = list(periods)
    for starts, ends in taken:
        left = [
            Period(*part)
            for one in left
            for part in (
                (one.opens_at, min(one.closes_at, starts)),
                (max(one.opens_at, ends), one.closes_at),
            )
            if part[0] < part[1]
        ]
    return sorted(left, key=lambda one: one.opens_at)


def present(one: Stretch, away: Iterable[Away]) -> list[Stretch]:
    """The parts of the stretch in which this person is there."""
    taken = [
        (gone.from_at, gone.until_at) for gone in away if gone.clinician_id == one.clinician_id
    ]
    left = without([Period(one.starts_at, one.ends_at)], taken)
    return [replace(one, starts_at=part.opens_at, ends_at=part.closes_at) for part in left]


def gaps(open_: Iterable[Period], stretches: Iterable[Stretch]) -> list[Period]:
    """The opening time in which nobody answers."""
    return without(open_, [(one.starts_at, one.ends_at) for one in stretches])


def new_gaps(before: Iterable[Period], after: Iterable[Period], *, at: datetime) -> list[Period]:
    """What of the gaps was covered before, and is still to come."""
    coming = without(after, [(datetime.min.replace(tzinfo=at.tzinfo), at)])
    return without(coming, [(one.opens_at, one.closes_at) for one in before])


def within(found: Iterable[Period], starts: datetime, ends: datetime) -> list[Period]:
    """The parts of the gaps that lie between two instants."""
    return [
        Period(max(one.opens_at, starts), min(one.closes_at, ends))
        for one in found
        if one.opens_at < ends and one.closes_at > starts
    ]


def table(open_: Sequence[Period], stretches: Sequence[Stretch]) -> tuple[CoverHour, ...]:
    """The opening time by the hour, first to last, who is named before who has a session."""
    return tuple(
        _line(starts, ends, stretches) for one in open_ for starts, ends in _by_the_hour(one)
    )


def gap_words(found: Sequence[Period]) -> str:
    """ "11:30am to 2pm and 5pm to 6:30pm on Monday 30 November"."""
    days: dict[str, list[str]] = {}
    for one in found:
        span = f"{clock_words(one.opens_at)} to {clock_words(one.closes_at)}"
        days.setdefault(day_words(day_of(one.opens_at)), []).append(span)
    return "; ".join(f"{' and '.join(spans)} on {day}" for day, spans in days.items())


def _by_the_hour(period: Period) -> Iterable[tuple[datetime, datetime]]:
    # Summer time moves by whole hours, so the hours of the wall are hours in UTC as well.
    starts = period.opens_at
    while starts < period.closes_at:
        ends = starts.replace(minute=0, second=0, microsecond=0) + HOUR
        yield starts, min(ends, period.closes_at)
        starts = ends


def _line(starts: datetime, ends: datetime, stretches: Sequence[Stretch]) -> CoverHour:
    people = [one for one in stretches if one.starts_at < ends and one.ends_at > starts]
    people.sort(key=lambda one: (not one.is_named, one.starts_at, one.name, one.clinician_id))
    return CoverHour(starts, ends, tuple(people), tuple(gaps([Period(starts, ends)], people)))
