"""A preview says which place another weight puts first, and which weight did it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.professions import Profession
from tests.rules.test_routing import CASE, NOW, candidates, cases, hub, slot
from tests.rules.test_weights import BUSY, KEEPS, any_weights, outlooks
from triage.rules.codes import Continuity, Urgency
from triage.rules.outlook import NOTHING_EXPECTED
from triage.rules.previewing import counted, read_kept, turn_of, turn_of_kept
from triage.rules.routing import rank
from triage.rules.weights import WEIGHTS


def turned(case, places, after, before=WEIGHTS, rest=NOTHING_EXPECTED):
    old = rank(case, places, NOW, before, rest), before, rest
    new = rank(case, places, NOW, after, rest), after, rest
    return turn_of(case, NOW, old, new)


KNOWN = replace(CASE, continuity=Continuity.AMBER, continuity_clinician=7)


@pytest.mark.parametrize(
    ("case", "places", "after", "because"),
    [
        (KNOWN, (slot("a", 10, clinician=3), slot("b", 90, clinician=7)),
         replace(WEIGHTS, continuity_amber=0), "continuity_amber"),
        (CASE, (hub("far", 10, travel_minutes=10), hub("near", 130, travel_minutes=0)),
         replace(WEIGHTS, travel_minute=50), "travel_minute"),
        (CASE, (hub("gp", 10, profession=Profession.GP), hub("late", 60)),
         replace(WEIGHTS, scarcity=200), "scarcity"),
        (replace(CASE, urgency=Urgency.P6), (slot("today", 60), slot("tomorrow", 1500)),
         replace(WEIGHTS, another_day=10), "another_day"),
    ],
)  # fmt: skip
def test_the_weight_that_turned_it_is_named(case, places, after, because):
    case = replace(case, due_at=NOW + timedelta(days=3), signed=True)

    turn = turned(case, places, after)

    assert turn is not None
    assert (turn.because, turn.before.starts_at != turn.after.starts_at) == (because, True)


def test_a_place_that_is_kept_is_named_so():
    turn = turned(CASE, [hub("kept", 120), hub("soon", 40, travel_minutes=30)], KEEPS, rest=BUSY)

    assert turn is not None
    assert turn.because == "kept_percent"


@given(cases, st.lists(candidates, max_size=6), any_weights, outlooks)
def test_the_same_weights_turn_nothing(case, places, weights, rest):
    assert turned(case, places, weights, before=weights, rest=rest) is None


@given(cases, st.lists(candidates, max_size=6), any_weights, outlooks)
def test_what_a_decision_keeps_is_read_back_and_says_the_same(case, places, weights, rest):
    options = rank(case, places, NOW, weights, rest).options
    lines = counted(case, options, NOW, rest)

    again = read_kept([line.as_kept() for line in lines])

    assert again == lines
    assert turn_of_kept(again, weights, weights) is None


def test_a_kept_decision_is_turned_by_another_weight():
    places = [hub("gp", 10, profession=Profession.GP), hub("anp", 60)]
    lines = counted(CASE, rank(CASE, places, NOW).options, NOW, NOTHING_EXPECTED)

    turn = turn_of_kept(lines, WEIGHTS, replace(WEIGHTS, scarcity=200))

    assert turn is not None
    assert turn.because == "scarcity"
    assert turn.after.starts_at == NOW + timedelta(minutes=60)
