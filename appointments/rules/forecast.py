"""When a day passes its limit: by what is booked, and by what such a day still brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import (
    ONE_CONTACT,
    POINTS,
    Planned,
    breach_forecast,
)
from practices.rules.london import instant

PACE_OVER = timedelta(hours=1)
BRIEF_POINTS = POINTS[ContactKind.BRIEF_ADVICE]
# A GP's day has 37 contacts where the book has 26 (domain section 1): 11 brief ones in the ten and
# a half core hours. Two hours of a usual day stand beside what today has shown so far.
USUAL_BRIEF, USUAL_MINUTES, USUAL_WEIGHT = 11 * BRIEF_POINTS, 630, 120
CORE_OPENS, CORE_CLOSES = time(8), time(18, 30)


@dataclass(frozen=True, slots=True)
class Worked:
    """One session of the day: when, and whether a hub's."""

    starts_at: datetime
    ends_at: datetime
    is_hub: bool = False


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """What is known of a clinician's day at an instant; points in tenths.

    `brief` is what was logged without a booking since `opens_at`; brief contacts come until
    `closes_at`. `free` are when the places nobody has taken yet begin.
    """

    limit: int
    counted: int
    planned: tuple[Planned, ...] = ()
    brief: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    free: tuple[datetime, ...] = ()
    taken_last_hour: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the limit will be passed: as booked, and with the rest of the day as it usually goes.

    None where it will not be, or has been already. `expected` are the points the rest of the day
    should still bring beyond the bookings.
    """

    as_booked: datetime | None
    as_expected: datetime | None
    expected: int = 0


def hours_of(sessions: Iterable[Worked], day: date) -> tuple[datetime, datetime] | None:
    """Between when brief contacts come: core hours at a practice, the session itself at a hub."""
    listed = list(sessions)
    if not listed:
        return None
    starts = [one.starts_at for one in listed]
    ends = [one.ends_at for one in listed]
    if any(not one.is_hub for one in listed):
        starts.append(instant(day, CORE_OPENS))
        ends.append(instant(day, CORE_CLOSES))
    return min(starts), max(ends)


def forecast(day: DaySoFar, at: datetime) -> Forecast:
    """Both forecasts at the instant; the expected one is never later than the booked one."""
    booked = [Planned(max(at, one.at), one.points) for one in day.planned]
    rest = [*_brief_contacts(day, at), *_filled_places(day, at)]
    if day.counted > day.limit:
        return Forecast(None, None, expected=_sum(rest))
    return Forecast(
        as_booked=breach_forecast(day.limit, day.counted, booked),
        as_expected=breach_forecast(day.limit, day.counted, [*booked, *rest]),
        expected=_sum(rest),
    )


def _brief_contacts(day: DaySoFar, at: datetime) -> Iterator[Planned]:
    """Brief contacts go on as they came so far today, a usual day weighing in while it is early."""
    if day.opens_at is None or day.closes_at is None:
        return
    start = max(at, day.opens_at)
    passed = max(0, _minutes(day.opens_at, at))
    points = day.brief * USUAL_MINUTES + USUAL_BRIEF * USUAL_WEIGHT
    minutes = (passed + USUAL_WEIGHT) * USUAL_MINUTES
    between = timedelta(minutes=BRIEF_POINTS * minutes / points)
    moment = start + between
    while moment < day.closes_at:
        yield Planned(moment, BRIEF_POINTS)
        moment += between


def _filled_places(day: DaySoFar, at: datetime) -> Iterator[Planned]:
    """Free places go one after the other, at the pace of the last hour, while there is time."""
    if not day.taken_last_hour:
        return
    between = PACE_OVER / day.taken_last_hour
    moment = at
    for starts_at in sorted(day.free):
        if moment + between <= starts_at:
            moment += between
            yield Planned(starts_at, ONE_CONTACT)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _sum(contacts: Iterable[Planned]) -> int:
    return sum(contact.points for contact in contacts)
