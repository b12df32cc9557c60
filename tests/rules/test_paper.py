"""Paper: which times are believed, how numbers are read, when a pack is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import BadInput, Refused
from triage.rules.paper import (
    OUTAGE,
    SLACK,
    check_after,
    check_happened,
    is_stale,
    read_number,
    window_of,
)

NOW = datetime(2026, 11, 30, 11, 40, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["k7m-3qx/2", "K7M 3QX/2", " K7M3QX/2 ", "k7m–3qx/2"])
def test_a_number_is_one_however_it_is_typed(typed):
    assert read_number(typed) == "K7M3QX/2"


@pytest.mark.parametrize("typed", ["", "K7", "K7M-3QX/2/3", "K7M_3QX", "<b>"])
def test_a_number_that_is_none_is_refused(typed):
    with pytest.raises(BadInput):
        read_number(typed)


def test_paper_tells_of_what_has_happened_in_this_outage():
    check_happened(NOW + SLACK, now=NOW)
    check_happened(NOW - OUTAGE, now=NOW)
    with pytest.raises(Refused, match="must be in the past"):
        check_happened(NOW + SLACK + timedelta(seconds=1), now=NOW)
    with pytest.raises(Refused, match="within the last 48 hours"):
        check_happened(NOW - OUTAGE - timedelta(seconds=1), now=NOW)


def test_nothing_is_done_about_a_request_before_it_came():
    check_after(NOW, submitted_at=NOW)
    with pytest.raises(Refused, match="came in at 11:40am on Monday 30 November"):
        check_after(NOW - timedelta(minutes=1), submitted_at=NOW)


@given(st.integers(-(10**8), 10**8))
def test_each_quarter_of_an_hour_has_one_pack(seconds):
    at = NOW + timedelta(seconds=seconds)
    window = window_of(at)

    assert timedelta() <= at - window < timedelta(minutes=15)
    assert window_of(window) == window


def test_a_pack_is_old_after_twenty_minutes():
    ages = [timedelta(minutes=20), timedelta(minutes=20, seconds=1)]

    assert [is_stale(NOW - age, now=NOW) for age in ages] == [False, True]
