"""When a day passes its limit, and how wrong we were about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.forecast import DaySoFar, Forecast, forecast
from appointments.rules.forecast_error import ForecastError, Said, error_of, passed_at
from appointments.rules.safe_working import Planned, breach_forecast

ELEVEN = datetime(2026, 11, 30, 11, tzinfo=UTC)
OPENS, CLOSES = ELEVEN - timedelta(hours=3), ELEVEN + timedelta(hours=7, minutes=30)

instants = st.integers(0, 540).map(lambda minutes: ELEVEN + timedelta(minutes=minutes - 60))
bookings = st.lists(st.builds(Planned, instants, st.sampled_from([5, 10, 20, 25])), max_size=20)
days = st.builds(
    DaySoFar,
    limit=st.integers(10, 600),
    counted=st.integers(0, 400),
    planned=bookings.map(tuple),
    brief=st.integers(0, 200),
    opens_at=st.just(OPENS),
    closes_at=st.just(CLOSES),
    free=st.lists(instants, max_size=20).map(tuple),
    taken_last_hour=st.integers(0, 12),
)


@given(days)
def test_the_expected_rest_never_makes_the_limit_come_later(day):
    found = forecast(day, ELEVEN)

    if found.as_booked is not None:
        assert found.as_expected is not None
        assert ELEVEN <= found.as_expected <= found.as_booked
    assert found.expected >= 0


@given(days, st.integers(1, 60))
def test_one_more_contact_never_makes_the_limit_come_later(day, points):
    before = forecast(day, ELEVEN)
    after = forecast(
        replace(day, planned=(*day.planned, Planned(ELEVEN + timedelta(hours=2), points))), ELEVEN
    )

    for one, other in (
        (before.as_booked, after.as_booked),
        (before.as_expected, after.as_expected),
    ):
        assert one is None or (other is not None and other <= one)


@given(days, bookings)
def test_a_forecast_that_knows_the_whole_day_is_right(day, contacts):
    """With nothing unknown to come, what is foreseen is what happens."""
    ahead = [Planned(max(ELEVEN, one.at), one.points) for one in contacts]
    known = DaySoFar(limit=day.limit, counted=0, planned=tuple(ahead))

    assert forecast(known, ELEVEN).as_expected == passed_at(day.limit, ahead)


def test_a_day_already_past_its_limit_is_no_forecast():
    day = DaySoFar(limit=250, counted=251, planned=(Planned(ELEVEN, 10),))

    assert forecast(day, ELEVEN) == Forecast(None, None)


def test_brief_contacts_go_on_as_they_came():
    """Thirty points in three hours: half an hour to the next five, less what is usual."""
    calm = DaySoFar(limit=250, counted=200, opens_at=OPENS, closes_at=CLOSES)
    busy = replace(calm, brief=90)

    assert forecast(calm, ELEVEN) == Forecast(None, None, expected=15)
    assert forecast(busy, ELEVEN).expected == 150
    passing = forecast(busy, ELEVEN).as_expected
    assert passing is not None
    assert ELEVEN + timedelta(hours=2) < passing < ELEVEN + timedelta(hours=4)


def test_free_places_fill_at_the_pace_of_the_last_hour_while_there_is_time():
    free = tuple(ELEVEN + timedelta(minutes=minutes) for minutes in (10, 30, 45, 120))
    day = DaySoFar(limit=20, counted=0, free=free, taken_last_hour=2)

    found = forecast(day, ELEVEN)

    # Half an hour a booking: the place at ten past is gone unused, the one at a quarter to as well.
    assert found.expected == 20
    assert found.as_expected is None
    assert forecast(replace(day, limit=19), ELEVEN).as_expected == free[3]
    assert forecast(replace(day, taken_last_hour=0), ELEVEN).expected == 0


def test_no_hours_no_brief_contacts():
    day = DaySoFar(limit=250, counted=245, planned=(Planned(ELEVEN, 5),), brief=100)

    assert forecast(day, ELEVEN) == Forecast(None, None)
    assert breach_forecast(250, 245, day.planned) is None


def test_the_error_counts_hits_misses_and_false_alarms():
    later = ELEVEN + timedelta(minutes=30)
    said = [Said(ELEVEN, later), Said(later, later), Said(None, later), Said(ELEVEN, None)]

    found = error_of(said)

    assert found == ForecastError(days=4, breaches=3, foreseen=2, false_alarms=1, minutes=15)
    assert found.percent_foreseen == 66
    assert error_of([]) == ForecastError(0, 0, 0, 0, None)
    assert error_of([]).percent_foreseen is None
