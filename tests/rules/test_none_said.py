"""The weeks of the answers, and what is seen of them outside a practice."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from networks.rules.none_said import Week, as_counted, as_shown, filled, mondays, summed

SUNDAY, MONDAY = date(2026, 11, 29), date(2026, 11, 30)


def test_the_report_covers_eight_weeks_and_the_running_one_is_last():
    assert mondays(MONDAY)[-1] == MONDAY
    assert mondays(SUNDAY)[-1] == date(2026, 11, 23)
    assert [day.weekday() for day in mondays(SUNDAY)] == [0] * 8


def test_a_week_without_a_case_is_a_row_of_zeros():
    days = mondays(MONDAY)

    found = filled([Week(MONDAY, 3, 2, 1)], days)

    assert found == (*(Week(day) for day in days[:-1]), Week(MONDAY, 3, 2, 1))


def test_the_own_practice_sees_its_numbers_and_others_only_large_ones():
    week = Week(MONDAY, 43, 41, 2)

    own, others = as_counted(week), as_shown(week)

    assert (str(own.asked), str(own.none_said), str(own.raised), own.none_percent) == (
        "43",
        "41",
        "2",
        95,
    )
    assert (str(others.asked), str(others.none_said), str(others.raised)) == ("45", "40", "*")
    assert as_shown(Week(MONDAY, 9, 3)).none_percent is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_a_sum_is_made_of_what_is_shown(numbers):
    rows = [as_shown(Week(MONDAY, number, number)) for number in numbers]

    every = summed(rows)

    assert (every.asked.count or 0) == sum(row.asked.count or 0 for row in rows)
    assert (str(every.asked) == "0") == (not any(numbers))
