"""What keeps a day from being clear."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.rules.all_clear import Loose, Standing, loose_end
from triage.rules.codes import Urgency
from triage.rules.states import OPEN, State

NOW = datetime(2026, 11, 30, 18, 15, tzinfo=UTC)
ENDS = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "due", "seen_until", "left"),
    [
        (State.WAITING, NOW - HOUR, None, Loose.OVERDUE),
        (State.CLAIMED, NOW - HOUR, None, Loose.OVERDUE),
        (State.WAITING, NOW + HOUR, None, Loose.DUE_TODAY),
        (State.WAITING, ENDS, None, None),
        (State.HANDED_BACK, ENDS + HOUR, None, Loose.HANDED_BACK),
        (State.BOOKED, NOW - HOUR, NOW, Loose.UNSETTLED),
        (State.BOOKED, NOW - HOUR, NOW + HOUR, None),
        (State.CLOSED, NOW - HOUR, NOW - HOUR, None),
    ],
)
def test_each_loose_end(state, due, seen_until, left):
    assert loose_end(Standing(state, due, seen_until), now=NOW, day_ends=ENDS) is left


@given(state=st.sampled_from(sorted(OPEN)), minutes=st.integers(0, 3000))
def test_nobody_overdue_is_ever_forgotten(state, minutes):
    """An open case whose time has passed keeps the day from being clear, unless it is booked."""
    late = Standing(State(state), NOW - timedelta(minutes=minutes, seconds=1))

    assert loose_end(late, now=NOW, day_ends=ENDS) is not None


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (State.WAITING, Loose.EMERGENCY),
        (State.CLAIMED, Loose.EMERGENCY),
        (State.HANDED_BACK, Loose.HANDED_BACK),
        (State.CLOSED, None),
    ],
)
def test_an_emergency_is_never_something_to_call_back_about(state, left):
    """However late: "call the patient, or hand it over by name" is no answer to it."""
    late = Standing(state, NOW - HOUR, urgency=Urgency.P0)

    assert loose_end(late, now=NOW, day_ends=ENDS) is left
