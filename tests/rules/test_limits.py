"""The limit: most specific layer, lower within a layer, whole numbers from 1 to 60."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.limits import (
    DEFAULT_LIMIT,
    Layer,
    LimitRow,
    effective,
    may_set,
    parse_limit,
)
from practices.rules.refusals import BadInput

DAY = date(2026, 11, 30)


def row(layer: Layer, points: int, *, from_on: date = date(2026, 1, 1), until_on=None) -> LimitRow:
    return LimitRow(layer, points, from_on, until_on, basis="agreed", set_by="A Shah")


rows = st.lists(
    st.builds(
        LimitRow,
        layer=st.sampled_from(Layer),
        points=st.integers(1, 60).map(lambda points: points * 10),
        from_on=st.dates(date(2026, 11, 1), date(2026, 12, 31)),
        until_on=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    ),
    max_size=6,
)


def test_default_when_nobody_set_a_limit():
    found = effective([], DAY)

    assert (found.points, found.layer, found.from_on) == (250, Layer.SYSTEM, None)


def test_person_beats_practice_beats_network():
    given_rows = [row(Layer.NETWORK, 200), row(Layer.PERSON, 180), row(Layer.PRACTICE, 150)]

    found = effective(given_rows, DAY)

    assert (found.points, found.layer, found.set_by) == (180, Layer.PERSON, "A Shah")


def test_lower_wins_within_a_layer():
    assert effective([row(Layer.PRACTICE, 220), row(Layer.PRACTICE, 200)], DAY).points == 200


@pytest.mark.parametrize(
    ("day", "points"),
    [(date(2026, 11, 29), 250), (date(2026, 11, 30), 120), (date(2026, 12, 1), 250)],
)
def test_row_counts_from_its_day_until_before_the_other(day, points):
    lowered = row(Layer.PERSON, 120, from_on=DAY, until_on=date(2026, 12, 1))

    assert effective([lowered], day).points == points


@given(rows, st.randoms(use_true_random=False))
def test_effective_limit_is_the_lowest_of_the_most_specific_layer(given_rows, shuffler):
    found = effective(given_rows, DAY)

    in_force = [r for r in given_rows if r.is_in_force(DAY)]
    if in_force:
        top = max(r.layer.rank for r in in_force)
        assert found.points == min(r.points for r in in_force if r.layer.rank == top)
    else:
        assert found.points == DEFAULT_LIMIT
    mixed = list(given_rows)
    shuffler.shuffle(mixed)
    assert effective(mixed, DAY) == found


@pytest.mark.parametrize(
    ("typed", "tenths"), [("25", 250), (" 1 ", 10), ("60", 600), ("１２", 120)]
)
def test_i48_limit_is_read(typed, tenths):
    assert parse_limit(typed) == tenths


@pytest.mark.parametrize(
    "typed", ["-1", "0", "61", "12.5", "", " ", "x", "1e1", "9" * 31, "1" + "0" * 30, "٣", "1 2"]
)
def test_i48_and_i49_wrong_limit_says_what_to_type(typed):
    with pytest.raises(BadInput, match="^Limit must be a whole number from 1 to 60$"):
        parse_limit(typed)


@pytest.mark.parametrize(
    ("proposed", "own", "for_practice", "allowed"),
    [
        (200, True, False, True),
        (260, True, False, False),
        (260, True, True, True),
        (200, False, False, False),
        (200, False, True, True),
    ],
)
def test_own_limit_may_be_lowered_and_only_the_practice_raises(
    proposed, own, for_practice, allowed
):
    assert may_set(250, proposed, own=own, for_practice=for_practice) is allowed
