"""Sweeps before a close: when they are due, and how the clocks of spring and autumn count."""

from datetime import date, time, timedelta

import pytest

from hubs.rules.opening import Hours, core_hours
from practices.rules.london import instant
from triage.rules.last_call import decide_before, minutes_called

DAY = date(2026, 11, 30)
CORE = core_hours({date(2026, 12, 25): "Christmas Day"})
SUNDAYS = Hours(week={6: ((time(0, 30), time(2, 30)),)})


@pytest.mark.parametrize(
    ("day", "wall", "expected"),
    [
        (DAY, time(17, 29), None),
        (DAY, time(17, 30), 60),
        (DAY, time(17, 59), 60),
        (DAY, time(18, 0), 30),
        (DAY, time(18, 29), 30),
        (DAY, time(18, 30), None),
        (date(2026, 12, 25), time(18, 0), None),
        (date(2026, 12, 5), time(18, 0), None),
    ],
)
def test_the_sweep_is_due_an_hour_and_half_an_hour_before_the_close(day, wall, expected):
    assert minutes_called(instant(day, wall), CORE) == expected


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_an_hour_is_an_hour_on_the_night_the_clocks_change(day):
    """A door that closes at 2:30am, after an hour was lost or lived twice."""
    close = SUNDAYS.closes_on(day)

    assert minutes_called(close - timedelta(minutes=61), SUNDAYS) is None
    assert minutes_called(close - timedelta(minutes=60), SUNDAYS) == 60
    assert minutes_called(close - timedelta(minutes=30), SUNDAYS) == 30


def test_what_is_not_decided_stays_until_the_day_ends():
    close = instant(DAY, time(18, 30))

    assert decide_before(close - timedelta(minutes=61), CORE) is None
    assert decide_before(close - timedelta(minutes=60), CORE) == close
    assert decide_before(close + timedelta(hours=5), CORE) == close
    assert decide_before(close + timedelta(hours=6), CORE) is None
