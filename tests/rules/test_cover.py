"""The cover table: hours, gaps, and days on which the clocks change."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.cover import (
    Stretch,
    answers_alone,
    gap_words,
    gaps,
    new_gaps,
    table,
    within,
)
from hubs.rules.opening import Hours, Period
from practices.rules.london import instant
from practices.rules.professions import Profession

DAY = date(2026, 11, 30)
EIGHT = instant(DAY, time(8))


def at(hour, minute=0):
    return instant(DAY, time(hour, minute))


def somebody(starts, ends, **facts):
    return Stretch(starts, ends, 1, "Dr Oak", **facts)


OPEN = [Period(at(8), at(12))]


@pytest.mark.parametrize(
    ("stretches", "words"),
    [
        ([], "8am to midday on Monday 30 November"),
        ([somebody(at(8), at(12))], ""),
        ([somebody(at(7), at(13))], ""),
        ([somebody(at(8), at(9, 30)), somebody(at(10), at(11))],
         "9:30am to 10am and 11am to midday on Monday 30 November"),
        ([somebody(at(8), at(10)), somebody(at(9), at(12))], ""),
    ],
)  # fmt: skip
def test_where_nobody_answers_is_a_gap(stretches, words):
    assert gap_words(gaps(OPEN, stretches)) == words


def test_only_a_gap_that_was_not_there_and_is_to_come_is_new():
    before = gaps(OPEN, [somebody(at(8), at(11))])
    after = gaps(OPEN, [])

    assert new_gaps(before, after, at=at(9)) == [Period(at(9), at(11))]
    assert new_gaps(before, after, at=at(11)) == []
    assert within(before, at(8), at(11, 30)) == [Period(at(11), at(11, 30))]


@pytest.mark.parametrize(
    ("profession", "at_hub", "expected"),
    [
        (Profession.GP, True, True),
        (Profession.ANP, True, False),
        (Profession.ANP, False, True),
        (Profession.PHYSIO, False, False),
    ],
)
def test_a_hub_needs_a_gp_and_a_practice_somebody_who_may_sign(profession, at_hub, expected):
    assert answers_alone(profession, at_hub=at_hub) is expected


def test_a_named_person_stands_before_a_session_in_the_hour():
    named = Stretch(at(8, 30), at(9), 2, "Dr Elm", is_named=True)

    first, second = table([Period(at(8), at(9, 30))], [somebody(at(8), at(9)), named])

    assert [one.name for one in first.people] == ["Dr Elm", "Dr Oak"]
    assert (first.gaps, second.people) == ((), ())
    assert second.gaps == (Period(at(9), at(9, 30)),)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (DAY, 24)]
)
def test_the_table_has_each_hour_of_a_day_on_which_the_clocks_change(day, hours):
    week = Hours(week=dict.fromkeys(range(7), ((time(0), time(23, 59)),)))

    lines = table(week.periods_on(day), [])

    assert len(lines) == hours
    assert all(one.ends_at == two.starts_at for one, two in pairwise(lines))


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(1, 120)).map(
            lambda pair: somebody(
                EIGHT + timedelta(minutes=pair[0]), EIGHT + timedelta(minutes=sum(pair))
            )
        ),
        max_size=6,
    )
)
def test_every_minute_is_either_covered_or_in_one_gap(stretches):
    found = gaps(OPEN, stretches)

    for minute in range(0, 240, 7):
        now = EIGHT + timedelta(minutes=minute)
        covered = any(one.starts_at <= now < one.ends_at for one in stretches)
        assert sum(gap.holds(now) for gap in found) == (0 if covered else 1)
