"""Slots over the wall clock, through every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.slotting import check_span, lowest_free_place, slot_times
from practices.rules.london import LONDON, clock_words, day_of, day_words, time_words
from practices.rules.refusals import BadInput
from practices.rules.wall_times import Turn, instant_of
from tests.rules.times import MONDAY, instants, london

SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(BadInput) as refused:
        call(*args, **kwargs)
    return str(refused.value)


def test_three_hours_of_fifteen_minutes_are_twelve_slots():
    slots = slot_times(london(MONDAY, 9), london(MONDAY, 12), minutes=15)

    assert len(slots) == 12
    assert slots[0] == (london(MONDAY, 9), london(MONDAY, 9, 15))
    assert slots[-1].ends_at == london(MONDAY, 12)


def test_what_is_too_short_for_a_slot_is_left_over():
    slots = slot_times(london(MONDAY, 9), london(MONDAY, 10), minutes=25)

    assert [slot.starts_at for slot in slots] == [london(MONDAY, 9), london(MONDAY, 9, 25)]


@given(instants(), st.integers(5, 24 * 60), st.integers(5, 120))
def test_slots_fill_the_session_in_real_minutes_without_gap_or_overlap(starts_at, long, minutes):
    ends_at = starts_at + timedelta(minutes=long)
    if long < minutes:
        assert "shorter" in refusal(slot_times, starts_at, ends_at, minutes=minutes)
        return

    slots = slot_times(starts_at, ends_at, minutes=minutes)

    assert len(slots) == long // minutes
    assert slots[0].starts_at == starts_at
    assert all(s.ends_at - s.starts_at == timedelta(minutes=minutes) for s in slots)
    assert all(a.ends_at == b.starts_at for a, b in pairwise(slots))
    assert slots[-1].ends_at <= ends_at < slots[-1].ends_at + timedelta(minutes=minutes)


CHANGES = [date(2026, 3, 29), date(2026, 10, 25), SPRING, AUTUMN, date(2028, 3, 26)]


@given(
    st.sampled_from(CHANGES),
    st.integers(0, 22),
    st.integers(1, 23),
    st.sampled_from(Turn),
    st.sampled_from(Turn),
)
def test_session_on_a_day_of_change_has_the_minutes_that_pass(day, first, long, one, other):
    last = min(23, first + long)
    try:
        span = check_span(
            instant_of(day, time(first), turn=one), instant_of(day, time(last), turn=other)
        )
    except BadInput:
        assert day.month == 3
        assert 1 in {first, last}
        return

    slots = slot_times(*span, minutes=15)
    opens, closes = (at.astimezone(LONDON) for at in span)
    assert (opens.hour, closes.hour) == (first, last)
    passed = timedelta(hours=last - first) - (closes.utcoffset() - opens.utcoffset())
    assert len(slots) == passed / timedelta(minutes=15)
    assert {day_of(slot.starts_at) for slot in slots} == {day}


@pytest.mark.parametrize(
    ("day", "ends", "slots"), [(SPRING, time(3), 8), (AUTUMN, time(3), 16), (MONDAY, time(3), 12)]
)
def test_midnight_to_three_has_two_three_or_four_hours(day, ends, slots):
    span = check_span(instant_of(day, time(0)), instant_of(day, ends))

    assert len(slot_times(*span, minutes=15)) == slots


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_i40_end_before_start_empty_or_longer_than_a_day(hours):
    start = london(MONDAY, 9)

    assert (
        refusal(check_span, start, start + timedelta(hours=hours))
        == "End time must be after start time"
    )


@pytest.mark.parametrize("minutes", [0, 4, 121])
def test_slot_length_has_limits(minutes):
    assert (
        refusal(slot_times, london(MONDAY, 9), london(MONDAY, 12), minutes=minutes)
        == "Slots must be 5 to 120 minutes long"
    )


@given(st.integers(0, 6), st.lists(st.integers(1, 8)))
def test_lowest_free_place_is_free_and_lowest(places, taken):
    found = lowest_free_place(places, taken)

    if found is None:
        assert set(range(1, places + 1)) <= set(taken)
    else:
        assert found not in taken
        assert set(range(1, found)) <= set(taken)
        assert found <= places


@pytest.mark.parametrize(
    ("wall", "words"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(9, 31), "9:31am"),
        (time(17, 30), "5:30pm"),
        (time(0, 5), "12:05am"),
        (time(15), "3pm"),
    ],
)
def test_times_are_written_as_the_nhs_writes_them(wall, words):
    assert time_words(wall) == words


def test_clock_words_are_london_summer_time_too():
    assert clock_words(datetime(2027, 7, 1, 8, 30, tzinfo=UTC)) == "9:30am"
    assert day_words(date(2027, 1, 4)) == "Monday 4 January"
