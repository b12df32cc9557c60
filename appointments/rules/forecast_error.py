"""How wrong a forecast was: against the days as they were lived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from appointments.rules.forecast import PACE_OVER, DaySoFar
from appointments.rules.safe_working import Planned


@dataclass(frozen=True, slots=True)
class KeptBooking:
    """A booking as its record tells it: taken when, over when, and whether the patient was seen."""

    starts_at: datetime
    points: int
    held_at: datetime
    over_at: datetime | None
    was_seen: bool

    def is_live(self, at: datetime) -> bool:
        """Whether it stood at the instant."""
        return self.held_at <= at and (self.over_at is None or at < self.over_at)


@dataclass(frozen=True, slots=True)
class LivedDay:
    """All that is on record of one clinician's day. `places` are the day's, by when they begin."""

    limit: int
    bookings: tuple[KeptBooking, ...]
    brief: tuple[Planned, ...]
    places: tuple[datetime, ...]
    hours: tuple[datetime, datetime] | None

    def contacts(self) -> list[Planned]:
        """What happened: patients seen, when they came, and everything that was logged."""
        seen = [Planned(one.starts_at, one.points) for one in self.bookings if one.was_seen]
        return [*seen, *self.brief]


def known_at(day: LivedDay, at: datetime) -> DaySoFar:
    """What could be known of the day at the instant, and nothing that came later."""
    live = [one for one in day.bookings if one.is_live(at)]
    seen = [
        one
        for one in day.bookings
        if one.was_seen and one.over_at is not None and one.over_at <= at
    ]
    brief = sum(one.points for one in day.brief if one.at <= at)
    opens_at, closes_at = day.hours or (None, None)
    return DaySoFar(
        limit=day.limit,
        counted=brief + sum(one.points for one in seen),
        planned=tuple(Planned(one.starts_at, one.points) for one in live),
        brief=brief,
        opens_at=opens_at,
        closes_at=closes_at,
        free=_free(day.places, live, at),
        taken_last_hour=sum(1 for one in live if one.held_at > at - PACE_OVER),
    )


def _free(
    places: Iterable[datetime], live: Iterable[KeptBooking], at: datetime
) -> tuple[datetime, ...]:
    """The places to come that nobody had taken."""
    left = Counter(starts_at for starts_at in places if starts_at > at)
    left.subtract(Counter(one.starts_at for one in live if one.starts_at in left))
    return tuple(sorted((+left).elements()))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one clinician's day at an instant, and what came true: when, or never."""

    foreseen: datetime | None
    passed: datetime | None


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How good a forecast was over many days.

    `minutes` is the mean absolute error over the breaches that were foreseen; None of none.
    """

    days: int
    breaches: int
    foreseen: int
    false_alarms: int
    minutes: int | None

    @property
    def percent_foreseen(self) -> int | None:
        """The share of breaches that were foreseen; None where none came."""
        return 100 * self.foreseen // self.breaches if self.breaches else None


def passed_at(limit: int, contacts: Iterable[Planned]) -> datetime | None:
    """When the contacts that happened passed the limit; None when they did not."""
    total = 0
    for contact in sorted(contacts, key=lambda one: one.at):
        total += contact.points
        if total > limit:
            return contact.at
    return None


def error_of(said: Sequence[Said]) -> ForecastError:
    """The error over the days."""
    hits = [
        abs((one.foreseen - one.passed).total_seconds()) / 60
        for one in said
        if one.foreseen is not None and one.passed is not None
    ]
    return ForecastError(
        days=len(said),
        breaches=sum(1 for one in said if one.passed is not None),
        foreseen=len(hits),
        false_alarms=sum(1 for one in said if one.foreseen is not None and one.passed is None),
        minutes=round(sum(hits) / len(hits)) if hits else None,
    )
