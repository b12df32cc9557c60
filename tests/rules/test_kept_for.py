"""For whom a session is, and which places are kept: the first ones, until a time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.kept_for import free_from, is_open_to, kept_from

AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=2)
OAK = {"organisation": "OAK1", "places": 2, "until": AT.isoformat()}
ELM = {"organisation": "ELM1", "places": 1, "until": LATER.isoformat()}


@pytest.mark.parametrize(
    ("audience", "asked_by", "may"),
    [
        (None, "nhs111", True),
        ({"organisations": None, "types": None}, "practice", True),
        ({"organisations": ["OAK1"]}, "practice", True),
        ({"organisations": ["ELM1"]}, "practice", False),
        ({"organisations": []}, "practice", False),
        ({"types": ["nhs111"]}, "practice", False),
        ({"types": ["nhs111"]}, "nhs111", True),
        ({"types": ["nhs111"]}, "", True),
        ({"organisations": ["ELM1"], "types": ["nhs111"]}, "nhs111", False),
    ],
)
def test_both_the_practice_and_who_asks_must_be_named(audience, asked_by, may):
    assert is_open_to(audience, practice="OAK1", asked_by=asked_by) is may


def test_what_is_kept_are_the_first_places_in_order():
    slots = [kept_from([OAK, ELM], before=n, places=1, practice="ASH1") for n in range(4)]

    assert slots == [{1: AT}, {1: AT}, {1: LATER}, {}]
    assert kept_from([OAK, ELM], before=0, places=4, practice="ELM1") == {1: AT, 2: AT}


@given(st.lists(st.integers(1, 4), max_size=6), st.integers(0, 9))
def test_as_many_places_are_kept_as_there_are_at_most(sizes, wanted):
    line = {"organisation": "OAK1", "places": wanted, "until": AT.isoformat()}
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    slots = zip(starts, sizes, strict=True)

    kept = [kept_from([line], before=n, places=size, practice="ELM1") for n, size in slots]

    assert sum(map(len, kept)) == min(wanted, sum(sizes))


def test_a_slot_is_kept_while_all_that_is_free_is():
    assert free_from({1: LATER, 2: AT}, free=[1, 2]) == AT
    assert free_from({1: LATER}, free=[1, 2]) is None
    assert free_from({1: LATER}, free=[]) is None
