"""When trying to reach somebody was enough."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import Refused
from triage.rules.attempts import ENOUGH, Delivered, Tried, check_may_give_up, may_give_up, trying
from triage.rules.closing import needs_record, outcomes_for
from triage.rules.codes import Outcome, Urgency

START = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def tried(*minutes, channels=("phone", "text"), answered=()):
    return [
        Tried(START + timedelta(minutes=minute), channels[n % len(channels)], n in answered)
        for n, minute in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("minutes", "urgency", "counted"),
    [
        ((0, 15, 30), Urgency.P3, 3),
        ((0, 14, 30), Urgency.P3, 2),
        ((0, 1, 2), Urgency.P1, 3),
        ((), Urgency.P3, 0),
    ],
)
def test_attempts_count_when_they_are_far_enough_apart(minutes, urgency, counted):
    assert trying(tried(*minutes), urgency).number == counted


def test_an_answer_starts_the_count_anew():
    attempts = tried(0, 15, 30, 45, answered={2})

    assert trying(attempts, Urgency.P3).number == 1


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        (tried(0), "Try 2 more times, at least 15 minutes apart"),
        (tried(0, 15), "Try 1 more time, at least"),
        (tried(0, 15, 30, channels=("phone",)), "Try another way as well"),
    ],
)
def test_giving_up_early_is_refused_with_what_is_left_to_do(attempts, words):
    with pytest.raises(Refused, match=words):
        check_may_give_up(attempts, Urgency.P3)


@pytest.mark.parametrize(("minute", "channels"), [(0, 2), (20, 2), (-1, 1)])
def test_what_arrived_since_the_first_attempt_is_a_channel_and_no_attempt(minute, channels):
    arrived = Delivered(START + timedelta(minutes=minute), "text")

    so_far = trying(tried(0, 15, channels=("phone",)), Urgency.P3, [arrived])

    assert (so_far.number, so_far.channels) == (2, channels)


def test_what_arrived_before_the_last_answer_counts_for_nothing():
    arrived = Delivered(START + timedelta(minutes=1), "text")

    so_far = trying(tried(0, 15, 30, channels=("phone",), answered={1}), Urgency.P3, [arrived])

    assert (so_far.number, so_far.channels) == (1, 1)


@given(st.lists(st.integers(0, 300), max_size=8), st.sampled_from(Urgency))
def test_nobody_gives_up_before_three_attempts(minutes, urgency):
    attempts = tried(*minutes)

    if may_give_up(attempts, urgency):
        assert len(attempts) >= ENOUGH


def test_what_is_not_clinical_needs_no_record():
    free = {outcome for outcome in Outcome if not needs_record(outcome)}

    assert free == {Outcome.NO_CONTACT, Outcome.NOT_BROUGHT, Outcome.DUPLICATE, Outcome.ADMIN_DONE}


def test_a_case_without_a_booking_was_not_seen():
    hidden = set(outcomes_for(is_booked=True)) - set(outcomes_for(is_booked=False))

    at_practice = set(outcomes_for(is_booked=False, at_practice=True))
    assert hidden == {Outcome.BOOKED_HUB, Outcome.BOOKED_PRACTICE}
    assert hidden & at_practice == {Outcome.BOOKED_PRACTICE}
