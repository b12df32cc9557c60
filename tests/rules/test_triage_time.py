"""Triage that passes a case on is minutes; a case closed by oneself is a contact."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.rules.states import Step
from triage.rules.triage_time import PASSES_ON, Did, TriageTime, triage_time

NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)


def did(case, step, minutes):
    return Did(case, step, NINE + timedelta(minutes=minutes))


steps = st.lists(
    st.builds(did, st.integers(1, 4), st.sampled_from(Step), st.integers(0, 600)), max_size=30
).map(lambda found: sorted(found, key=lambda one: one.at))


@given(steps)
def test_the_block_fits_in_the_day_and_every_case_lasts_no_longer_than_a_claim(found):
    time = triage_time(found)

    claims = sum(1 for one in found if one.step is Step.CLAIM)
    assert 0 <= time.cases <= claims
    assert 0 <= time.minutes <= 15 * time.cases
    assert time.longest_block <= 615


@pytest.mark.parametrize("step", sorted(PASSES_ON))
def test_what_passes_a_case_on_is_time(step):
    found = [did(1, Step.CLAIM, 0), did(1, step, 4)]

    assert triage_time(found) == TriageTime(cases=1, minutes=4, longest_block=4)


def test_a_case_one_closes_oneself_is_no_triage():
    found = [did(1, Step.CLAIM, 0), did(1, Step.SIGN_CLASS, 2), did(1, Step.CLOSE, 9)]

    assert triage_time(found) == TriageTime()


def test_cases_soon_after_each_other_are_one_block():
    found = [
        did(1, Step.CLAIM, 0),
        did(1, Step.SIGN_CLASS, 2),
        did(1, Step.BOOK, 3),
        did(2, Step.CLAIM, 7),
        did(2, Step.RELEASE, 10),
        did(3, Step.CLAIM, 15),
        did(3, Step.HAND_BACK, 19),
    ]

    assert triage_time(found) == TriageTime(cases=3, minutes=10, longest_block=10)


def test_a_case_left_lying_counts_as_long_as_a_claim_lasts():
    found = [did(1, Step.CLAIM, 0), did(1, Step.RELEASE, 90)]

    assert triage_time(found).minutes == 15
