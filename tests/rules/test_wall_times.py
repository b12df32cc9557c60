"""Times as people type them, and the instants they are, through every change of the clocks."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.london import LONDON
from practices.rules.refusals import BadInput
from practices.rules.wall_times import NOT_UNDERSTOOD, Turn, instant_of, read_wall_time

SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(BadInput) as refused:
        call(*args, **kwargs)
    return str(refused.value)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:12am", time(9, 12)),
        ("9.12 AM", time(9, 12)),
        ("9:12 a.m.", time(9, 12)),
        ("0912", time(9, 12)),
        ("21:05", time(21, 5)),
        ("5pm", time(17)),
        ("5 o’clock", time(17)),
        ("12am", time(0)),
        ("12:30pm", time(12, 30)),
        ("12.30", time(12, 30)),
        ("midday", time(12)),
        ("12 noon", time(12)),
        ("midnight", time(0)),
        ("1:30pm", time(13, 30)),
        ("1.30", time(13, 30)),
        ("13.30", time(13, 30)),
        ("1330", time(13, 30)),
        ("130", time(13, 30)),
        ("1;30", time(13, 30)),
        ("１３：３０", time(13, 30)),
        ("6.59", time(18, 59)),
        ("7.00", time(7)),
        ("1:30am", time(1, 30)),
        ("01:30", time(1, 30)),
        ("0130", time(1, 30)),
        ("13", time(13)),
        ("９", time(9)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, read):
    assert read_wall_time(typed) == (read, None)


NONE = ["", "soon", "25:00", "24:00", "9:60", "13pm", "0am", "9:1a", "1:30 to 2", "9::30", "1:3"]


@pytest.mark.parametrize("typed", [*NONE, "13.30.00", "am", "-1:30"])
def test_a_time_that_is_none_is_refused(typed):
    assert refusal(read_wall_time, typed) == NOT_UNDERSTOOD


@given(st.times())
def test_every_wall_time_is_read_back(wall):
    whole = wall.replace(second=0, microsecond=0)

    assert read_wall_time(f"{wall:%H:%M}").wall == whole
    assert read_wall_time(f"{wall:%I.%M %p}").wall == whole


def test_i42_time_that_does_not_exist():
    assert refusal(instant_of, SPRING, time(1, 30)) == (
        "Clocks go forward. 1:30am does not exist on that day"
    )


def test_i43_time_that_happens_twice_asks_which():
    assert refusal(instant_of, AUTUMN, time(1, 30)) == (
        "Clocks go back. 1:30am happens twice on that day. "
        "Enter 1:30am BST for before the clocks go back, or 1:30am GMT for after"
    )


@pytest.mark.parametrize(("turn", "hour"), [(Turn.BEFORE, 0), (Turn.AFTER, 1)])
def test_i43_answer_settles_it(turn, hour):
    found = instant_of(AUTUMN, time(1, 30), turn=turn)

    assert found == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times())
def test_every_wall_time_comes_back_as_itself_or_is_refused(day, wall):
    try:
        found = instant_of(day, wall, turn=Turn.AFTER)
    except BadInput:
        assert (day.month, wall.hour) == (3, 1)
        return

    assert found.astimezone(LONDON).replace(tzinfo=None, fold=0) == datetime.combine(
        day, wall.replace(fold=0)
    )


@pytest.mark.parametrize(("typed", "hour"), [("1:30am BST", 0), ("1.30 am gmt", 1)])
def test_the_answer_can_be_typed(typed, hour):
    found = read_wall_time(typed)

    assert instant_of(AUTUMN, found.wall, turn=found.turn).hour == hour
