"""Limit arithmetic: points, levels, forecasts; the sum is the sum and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.codes import ContactKind, Mode
from appointments.rules.safe_working import (
    POINTS,
    Level,
    Meter,
    Planned,
    breach_forecast,
    count_of,
    fits,
    full_at,
    in_words,
    kind_for,
    points_for,
    session_limit,
)
from practices.rules.access import AccessNeed
from tests.rules.times import MONDAY, london

NINE = london(MONDAY, 9)
tenths = st.integers(0, 600)
meters = st.builds(
    Meter,
    limit=st.integers(10, 600),
    held=tenths,
    booked=tenths,
    logged=tenths,
    contacts=st.integers(0, 60),
)


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (ContactKind.FACE_TO_FACE, 10),
        (ContactKind.COMPLEX, 25),
        (ContactKind.PHONE, 10),
        (ContactKind.ONLINE, 5),
        (ContactKind.HOME_VISIT, 25),
        (ContactKind.BRIEF_ADVICE, 5),
        (ContactKind.RESULTS_CALL, 5),
        (ContactKind.DEBRIEF, 5),
        (ContactKind.DOCUMENT, 0),
        (ContactKind.PRESCRIPTION, 0),
    ],
)
def test_points_of_each_kind(kind, points):
    assert POINTS[kind] == points


def test_interpreter_makes_a_contact_double_but_never_cheaper():
    assert points_for(ContactKind.FACE_TO_FACE, {AccessNeed.INTERPRETER}) == 20
    assert points_for(ContactKind.COMPLEX, {AccessNeed.DOUBLE_TIME}) == 25
    assert points_for(ContactKind.DOCUMENT, {AccessNeed.DOUBLE_TIME}) == 0


def test_points_are_half_contacts():
    assert all(points % 5 == 0 for points in POINTS.values())


@pytest.mark.parametrize(
    ("usual", "mode", "kind"),
    [
        (ContactKind.FACE_TO_FACE, Mode.PHONE, ContactKind.PHONE),
        (ContactKind.COMPLEX, Mode.PHONE, ContactKind.COMPLEX),
        (ContactKind.PHONE, Mode.HOME_VISIT, ContactKind.HOME_VISIT),
        (ContactKind.FACE_TO_FACE, Mode.VIDEO, ContactKind.PHONE),
    ],
)
def test_kind_of_a_contact_in_a_mode(usual, mode, kind):
    assert kind_for(usual, mode) is kind


def test_documents_and_prescriptions_are_counted_apart():
    assert count_of([ContactKind.PHONE, ContactKind.DOCUMENT, ContactKind.PRESCRIPTION]) == 1


def test_ten_complex_contacts_are_a_safe_day():
    ten = Meter(limit=250, booked=10 * POINTS[ContactKind.COMPLEX], contacts=10)

    assert (ten.used, ten.room, ten.level) == (250, 0, Level.GREEN)


@pytest.mark.parametrize(
    ("points", "contacts", "level"),
    [
        (250, 25, Level.GREEN),
        (255, 20, Level.AMBER),
        (200, 26, Level.AMBER),
        (350, 35, Level.AMBER),
        (355, 20, Level.RED),
        (250, 36, Level.RED),
    ],
)
def test_level_follows_the_worse_of_points_and_raw_count(points, contacts, level):
    assert Meter(limit=250, booked=points, contacts=contacts).level is level


@pytest.mark.parametrize(("booked", "level"), [(180, "green"), (181, "amber"), (253, "red")])
def test_levels_scale_with_a_personal_limit(booked, level):
    assert Meter(limit=180, booked=booked).level.value == level


@pytest.mark.parametrize(("booked", "near"), [(212, False), (213, True)])
def test_warning_at_85_percent(booked, near):
    assert Meter(limit=250, booked=booked).is_near is near


@given(meters)
def test_meter_is_the_sum_and_room_and_excess_never_both(meter):
    assert meter.used == meter.held + meter.booked + meter.logged
    assert meter.room - meter.excess == meter.limit - meter.used
    assert min(meter.room, meter.excess) == 0


@given(meters, tenths)
def test_what_fits_leaves_no_excess_and_what_does_not_would(meter, points):
    grown = Meter(meter.limit, meter.held, meter.booked + points, meter.logged, meter.contacts)

    assert fits(points, meter.used, meter.limit) == (grown.excess == 0)


@given(meters, st.integers(0, 100))
def test_more_work_never_looks_safer(meter, more):
    order = list(Level)
    grown = Meter(meter.limit, meter.held, meter.booked + more, meter.logged, meter.contacts)

    assert order.index(grown.level) >= order.index(meter.level)
    assert grown.is_near or not meter.is_near


def test_session_limit_is_half_a_day():
    assert session_limit(250) == 125


def planned(*points: int) -> list[Planned]:
    return [Planned(NINE + timedelta(minutes=15 * i), p) for i, p in enumerate(points)]


def test_forecast_is_the_contact_that_passes_the_limit():
    day = planned(10, 10, 10, 10)

    assert full_at(230, 200, day) == NINE + timedelta(minutes=30)
    assert breach_forecast(230, 200, day) == NINE + timedelta(minutes=45)
    assert breach_forecast(240, 200, day) is None


@given(st.integers(0, 300), st.lists(st.sampled_from([5, 10, 25]), max_size=30))
def test_breach_is_forecast_exactly_when_the_day_adds_up_past_the_limit(counted, points):
    forecast = breach_forecast(250, counted, reversed(planned(*points)))

    breaks = counted + sum(points) > 250
    assert (forecast is not None) == (breaks and bool(points))


@pytest.mark.parametrize(("points", "words"), [(250, "25"), (125, "12.5"), (5, "0.5"), (0, "0")])
def test_points_in_words(points, words):
    assert in_words(points) == words
