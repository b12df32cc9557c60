"""Reminders: never at night, never to who has just been told, never too late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.rules.reminders import TOO_LATE, Reminder, is_waking_hour, reminder_due

STARTS = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)


def _due(*, booked, left):
    return reminder_due(booked_at=STARTS - booked, starts_at=STARTS, at=STARTS - left)


@pytest.mark.parametrize(
    ("booked", "left", "due"),
    [
        (timedelta(days=3), timedelta(hours=25), None),
        (timedelta(days=3), timedelta(hours=24), Reminder.DAY),
        (timedelta(days=3), timedelta(hours=3), Reminder.DAY),
        (timedelta(hours=35), timedelta(hours=20), None),
        (timedelta(days=3), timedelta(hours=2), Reminder.HOURS),
        (timedelta(hours=6), timedelta(hours=2), Reminder.HOURS),
        (timedelta(hours=5), timedelta(hours=2), None),
        (timedelta(days=3), timedelta(minutes=29), None),
    ],
)
def test_which_reminder_is_due(booked, left, due):
    assert _due(booked=booked, left=left) is due


def test_nobody_is_woken():
    at_night = STARTS - timedelta(hours=17, minutes=1)

    assert not is_waking_hour(at_night)
    assert is_waking_hour(STARTS)
    assert reminder_due(booked_at=STARTS - timedelta(days=9), starts_at=STARTS, at=at_night) is None


@given(
    booked=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)),
    left=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)),
)
def test_a_reminder_is_for_an_old_booking_that_can_still_be_kept(booked, left):
    due = _due(booked=booked, left=left)

    if due is not None:
        assert TOO_LATE <= left <= timedelta(hours=24)
        assert booked >= timedelta(hours=6)
        assert is_waking_hour(STARTS - left)
