"""A simulated day's rules: the published demand, how people behave, and the figures at the end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.rules.behaviour import CLASS_MIX, how_many, minutes_of, pick, stays_away
from networks.rules.demand import ASKS_ANEW, FILES, demand_in, in_core_hours
from networks.rules.lived_day import LivedCase, nth, summary_of
from practices.rules.refusals import BadInput

CALLS = b"practice_code,answered,callback_made\nA1,900,100\nA2,400,100\n"
DATES = (
    b"weekday,date,inbound_total,06:00 - 07:59,08:00 - 09:59,10:00 - 11:59\n"
    b"Monday,2025-10-06,100,20,60,20\nTuesday,2025-10-07,100,20,40,40\n"
)
ONLINE = b"practice_code,submissions,registered_patients\nA1,600,10000\nA2,*,5000\n"
DAYS = b"Day,06:00 - 07:59,08:00 - 09:59\nMonday,30,30\nTuesday,10,10\n"
PUBLISHED = dict(zip(FILES, (CALLS, DATES, ONLINE, DAYS), strict=True))
NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)
shares = st.floats(0, 1, exclude_max=True)


def test_demand_is_the_practices_own_month_by_the_days_share():
    demand = demand_in(PUBLISHED, 0)

    assert demand.calls_on_day("A1", 10_000) == pytest.approx(1000 * 0.5 * ASKS_ANEW)
    assert demand.online_on_day("A1", 10_000) == pytest.approx(60)
    assert demand.online_on_day("A2", 5_000) == 0


def test_a_practice_in_no_file_is_like_the_average():
    demand = demand_in(PUBLISHED, 0)

    assert demand.calls_on_day("X9", 3_000) == pytest.approx(300 * 0.5 * ASKS_ANEW)


def test_shares_of_a_day_make_the_whole():
    bands = demand_in(PUBLISHED, 0).call_shape.bands

    assert sum(band.share for band in bands) == pytest.approx(1)
    assert [band.share for band in in_core_hours(bands)] == pytest.approx([0.75, 0.25])


def test_a_weekday_that_is_not_in_the_files_is_refused():
    with pytest.raises(BadInput, match="no such weekday"):
        demand_in(PUBLISHED, 5)


@given(st.floats(0.1, 2000), shares, shares)
def test_more_come_the_higher_the_dice(mean, low, high):
    low, high = sorted((low, high))

    assert 0 <= how_many(mean, low) <= how_many(mean, high)


@pytest.mark.parametrize("mean", [0.5, 12, 300, 900])
def test_so_many_come_on_average(mean):
    dice = [(number + 0.5) / 4000 for number in range(4000)]

    assert sum(how_many(mean, one) for one in dice) / 4000 == pytest.approx(mean, rel=0.01)


def test_classes_come_in_their_shares():
    dice = [(number + 0.5) / 10_000 for number in range(10_000)]
    drawn = [pick(CLASS_MIX, one) for one in dice]

    assert {name: drawn.count(name) / 100 for name, _ in CLASS_MIX} == {
        name: pytest.approx(share, abs=0.02) for name, share in CLASS_MIX
    }


@given(shares)
def test_minutes_never_outlast_the_lease(dice):
    assert 0 < minutes_of(9.2, dice) <= 14


@given(shares, st.integers(0, 30), st.integers(0, 30))
def test_who_booked_earlier_stays_away_sooner(dice, near, far):
    near, far = sorted((near, far))

    assert stays_away(far, dice) or not stays_away(near, dice)


def _case(number: int, met_after: int | None, *, state: str = "closed") -> LivedCase:
    return LivedCase(
        reference=f"HR-{number}",
        practice="Oak",
        channel="phone",
        urgency="P2",
        submitted_at=NINE,
        due_at=NINE + timedelta(hours=2),
        state=state,
        where="Advice given" if state == "closed" else "Left over",
        met_at=None if met_after is None else NINE + timedelta(minutes=met_after),
    )


def test_waits_count_the_late_and_the_left():
    cases = [_case(1, 10), _case(2, 30), _case(3, 150), _case(4, None, state="waiting")]

    told = summary_of(cases, NINE + timedelta(hours=5))

    (wait,) = told.waits
    assert (wait.cases, wait.median, wait.ninetieth, wait.late, wait.left) == (4, 30, 150, 2, 1)
    assert [case.reference for case in told.left] == ["HR-4"]
    assert told.by_hour == {9: 4}


@given(st.lists(st.integers(0, 500), min_size=1), st.integers(1, 100))
def test_nth_is_one_of_the_values_and_holds_its_share(values, percent):
    found = nth(sorted(values), percent)

    assert found in values
    assert sum(1 for value in values if value <= found) * 100 >= percent * len(values)
