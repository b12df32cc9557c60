"""A test that hangs is cut; one that is long is not, on a machine five times slower either."""

import pytest

LIMIT, PATIENT = 300, 1800


def limit_of(request):
    """The seconds this very test has."""
    own = request.node.get_closest_marker("timeout")
    return own.args[0] if own else int(request.config.getini("timeout"))


def test_what_computes_is_cut_early(request):
    assert limit_of(request) == LIMIT


def test_real_commits_have_long(request, committed):
    assert limit_of(request) == PATIENT


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(name, marks=getattr(pytest.mark, name))
        for name in ("long", "race", "kill", "browser", "data")
    ],
)
def test_races_kills_journeys_and_whole_days_have_long(request, marked):
    assert limit_of(request) == PATIENT


@pytest.mark.timeout(7)
def test_a_limit_of_ones_own_stands(request):
    assert limit_of(request) == 7
