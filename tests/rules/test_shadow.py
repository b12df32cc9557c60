"""What an enforced limit would have refused, and which figures cannot be right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.shadow import Charge, Shadow, shadow_of
from networks.rules.plausible import Workforce, doubts

NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)
instants = st.integers(0, 600).map(lambda minutes: NINE + timedelta(minutes=minutes))
charges = st.lists(
    st.builds(
        lambda at, points, is_booking, is_urgent, kept: Charge(
            at, points, is_booking, is_urgent, None if kept is None else at + kept
        ),
        instants,
        st.sampled_from([5, 10, 20, 25]),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(1, 300).map(lambda minutes: timedelta(minutes=minutes)),
    ),
    max_size=20,
)


@given(charges, st.integers(10, 600))
def test_what_is_refused_is_never_urgent_and_never_had_happened(found, limit):
    shadow = shadow_of(limit, found)

    booked = [one for one in found if one.is_booking]
    assert shadow.bookings == len(booked)
    assert shadow.refused <= sum(1 for one in booked if not one.is_urgent)
    assert shadow.passed <= sum(1 for one in booked if one.is_urgent)


@given(charges)
def test_a_limit_above_everything_refuses_nothing(found):
    most = sum(one.points for one in found)

    assert shadow_of(most, found) == Shadow(sum(1 for one in found if one.is_booking))


@given(charges, st.integers(10, 600))
def test_routine_bookings_alone_stay_under_an_enforced_limit(found, limit):
    routine = [replace(one, is_booking=True, is_urgent=False, given_back_at=None) for one in found]

    shadow = shadow_of(limit, routine)

    kept = sorted(one.points for one in routine)[: len(routine) - shadow.refused]
    assert sum(kept) <= limit


def test_a_refused_booking_leaves_its_points_to_the_next():
    day = [
        Charge(NINE, 20),
        Charge(NINE + timedelta(minutes=1), 20),
        Charge(NINE + timedelta(minutes=2), 10),
        Charge(NINE + timedelta(minutes=3), 10, is_urgent=True),
    ]

    assert shadow_of(30, day) == Shadow(bookings=4, refused=1, passed=1)


def test_what_was_given_back_makes_room():
    given_back = Charge(NINE, 30, given_back_at=NINE + timedelta(minutes=5))
    after = Charge(NINE + timedelta(minutes=5), 30)

    assert shadow_of(30, [given_back, after]) == Shadow(2)
    assert shadow_of(30, [replace(given_back, given_back_at=None), after]) == Shadow(2, refused=1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Workforce(9000, 4, 9), ()),
        (Workforce(9000, 0, 0), ("No GP is on record here",)),
        (Workforce(9000, 3, 40), ("40 sessions in one week for one GP",)),
        (Workforce(20_001, 2, 8), ("10,000 patients for each GP on record",)),
        (Workforce(20_000, 2, 8), ()),
        (
            Workforce(None, 1, 15),
            ("No list size is on record", "15 sessions in one week for one GP"),
        ),
    ],
)
def test_figures_that_cannot_be_right_are_said_in_words(found, said):
    assert doubts(found) == said
