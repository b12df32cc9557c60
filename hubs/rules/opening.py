"""When a place is open: a week in wall time, the bank holidays, and the days that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from practices.rules.london import day_of, day_words, instant

Window = tuple[time, time]

CORE_OPENS = time(8, 0)
CORE_CLOSES = time(18, 30)
# Enhanced access in the network contract: weekday evenings and Saturday.
ENHANCED_WEEK: Mapping[int, tuple[Window, ...]] = {
    **dict.fromkeys(range(5), ((time(8), time(20)),)),
    5: ((time(9), time(17)),),
}
CORE_WEEK: Mapping[int, tuple[Window, ...]] = dict.fromkeys(range(5), ((CORE_OPENS, CORE_CLOSES),))
# Nothing in England is shut for longer; past this a week without openings is a mistake.
_FARTHEST = 366


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of being open, from one instant up to another."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether the instant is inside; the closing instant is not."""
        return self.opens_at <= at < self.closes_at


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: weekday (Monday is 0) to windows of wall time."""

    week: Mapping[int, tuple[Window, ...]]
    holidays: Mapping[date, str] = field(default_factory=dict)
    special: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    open_on_holidays: bool = False

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The wall times of a day; a special day beats a holiday, a holiday beats the week."""
        if day in self.special:
            return self.special[day]
        if day in self.holidays and not self.open_on_holidays:
            return ()
        return self.week.get(day.weekday(), ())

    def periods_on(self, day: date) -> tuple[Period, ...]:
        """The day's openings as instants, first to last."""
        return tuple(
            Period(instant(day, opens), instant(day, closes))
            for opens, closes in sorted(self.windows_on(day))
        )

    def periods_from(self, day: date) -> Iterator[Period]:
        """Openings from a day on, for a year ahead."""
        for ahead in range(_FARTHEST):
            yield from self.periods_on(day + timedelta(days=ahead))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at the instant."""
        return any(period.holds(at) for period in self.periods_on(day_of(at)))

    def closes_on(self, day: date) -> datetime | None:
        """The last closing instant of the day, or None on a day shut throughout."""
        periods = self.periods_on(day)
        return periods[-1].closes_at if periods else None

    def next_period(self, at: datetime) -> Period | None:
        """The first opening that starts after the instant."""
        return next((p for p in self.periods_from(day_of(at)) if p.opens_at > at), None)


def next_reading(at: datetime, hours: Hours, *, is_shut: bool = False) -> datetime | None:
    """When what comes now is read; None: at once. `is_shut`: somebody closed for the day."""
    if is_shut:
        ahead = hours.periods_from(day_of(at) + timedelta(days=1))
        period = next(ahead, None)
    else:
        period = None if hours.is_open(at) else hours.next_period(at)
    return period.opens_at if period else None


def core_hours(holidays: Mapping[date, str]) -> Hours:
    """The contract's core hours: 8am to 6:30pm, Monday to Friday, no bank holidays."""
    return Hours(week=CORE_WEEK, holidays=holidays)


def next_core_close(at: datetime, core: Hours) -> datetime:
    """The end of the next core-hours period: today's, if it has not begun yet."""
    period = core.next_period(at)
    if period is None:
        raise ValueError("These hours never open")
    return period.closes_at


def closed_words(name: str, day: date, hours: Hours, *, instead: str = "") -> str:
    """Why nothing can be booked there that day, naming the holiday and another place."""
    holiday = hours.holidays.get(day)
    because = f": {holiday}" if holiday else ""
    turn_to = f". Try {instead}" if instead else ""
    return f"{name} is closed on {day_words(day)}{because}{turn_to}"
