"""The application's one clock. Real time in a live system, shifted in training."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The instant it is in the application, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_SHIFT)


def local(at: datetime) -> datetime:
    return at.astimezone(LONDON)


def local_day(at: datetime) -> date:
    """The date on the wall in England: limits and sessions count by it."""
    return at.astimezone(LONDON).date()


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """The UTC instant of a wall-clock time in England."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)


@cache
def bank_holidays() -> dict[date, str]:
    """England's bank holidays by date, from the data shipped with the package: no request."""
    events = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return {event["date"]: event["title"] for event in events}


def next_working_monday(after: datetime) -> datetime:
    """09:30 in England on the first Monday after `after` that is a working day."""
    day = local_day(after)
    closed = bank_holidays()
    while True:
        day += timedelta(days=1)
        if day.weekday() == 0 and day not in closed:
            return on(day, 9, 30)
