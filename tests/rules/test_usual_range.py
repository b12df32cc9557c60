"""A week stands out where chance alone hardly explains it (U36)."""

from hypothesis import given
from hypothesis import strategies as st

from networks.rules.usual_range import Part, Usual, usual_ranges

EVEN = [Part(75, 100)] * 7


def test_even_weeks_are_all_usual():
    # The mean is 0.75, and a sigma of a hundred asked is 0.0433.
    assert usual_ranges(EVEN) == (Usual(62, 88),) * 7


def test_a_week_beyond_three_sigma_stands_out_and_says_on_which_side():
    assert usual_ranges([*EVEN, Part(95, 100)])[-1].beyond == 1
    assert usual_ranges([*EVEN, Part(40, 100)])[-1].beyond == -1


def test_of_a_few_no_share_is_unusual():
    """Two of two is 100 in 100, and says nothing."""
    assert usual_ranges([*EVEN, Part(2, 2)])[-1] == Usual(0, 100)


def test_a_week_without_anybody_has_no_range():
    assert usual_ranges([Part(0, 0), Part(3, 4)])[0] is None
    assert usual_ranges([Part(0, 0)] * 8) == (None,) * 8


@given(st.lists(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))))
def test_limits_hold_the_mean_and_stay_within_a_hundred(weeks):
    parts = [Part(*one) for one in weeks]

    for usual in usual_ranges(parts):
        mean = 100 * sum(one.counted for one in parts) / sum(one.of for one in parts)
        assert 0 <= usual.lowest <= mean + 1e-6
        assert mean - 1e-6 <= usual.highest <= 100


@given(st.integers(0, 50), st.integers(1, 8))
def test_weeks_that_are_all_alike_never_stand_out(counted, weeks):
    assert {one.beyond for one in usual_ranges([Part(counted, 50)] * weeks)} == {0}
