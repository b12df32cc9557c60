"""Figures survive being kept, and a hub's forecast follows its pace."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from networks.rules.figures import (
    Access,
    Figures,
    Places,
    Staff,
    Waiting,
    as_facts,
    evidence_of,
    figures_from,
    pressure_from,
)
from networks.rules.forecast import full_at
from networks.rules.pressure import Level, Pressure, Sign

MORNING = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
counts = st.integers(0, 5000)
instants = st.none() | st.integers(0, 600).map(lambda gone: MORNING + timedelta(minutes=gone))
by_name = st.dictionaries(st.sampled_from(["gp", "nurse", "anp"]), st.integers(1, 50))
by_hour = st.dictionaries(st.integers(0, 23), counts).map(lambda found: dict(sorted(found.items())))
figures = st.builds(
    Figures,
    places=st.builds(Places, counts, counts, counts, counts, counts),
    staff=st.builds(Staff, *[counts] * 8, near=by_name, over=by_name, next_breach_at=instants),
    waiting=st.builds(Waiting, st.tuples(*[counts] * 7), *[counts] * 5, oldest_at=instants),
    access=st.builds(Access, *[counts] * 6),
    demand=by_hour,
    capacity=by_hour,
    proposals=counts,
    share_left=counts,
    share_places=counts,
    full_at=instants,
)
pressures = st.builds(
    Pressure,
    st.sampled_from(Level),
    st.just(MORNING),
    st.lists(st.builds(Sign, st.text(), st.sampled_from(Level), st.text())).map(tuple),
    instants,
    st.sampled_from(Level),
)


@given(figures, pressures)
def test_what_is_kept_comes_back_as_it_was(found, pressure):
    kept = json.loads(json.dumps(as_facts(found, pressure)))

    assert figures_from(kept) == found
    assert pressure_from(kept, level=pressure.level, since=pressure.since) == pressure


@given(figures)
def test_only_a_hub_answers_for_how_full_a_hub_is(found):
    practice, hub = (evidence_of(found, is_hub=is_hub) for is_hub in (False, True))

    assert (practice.hub_places, practice.hub_used) == (0, 0)
    assert (hub.hub_places, hub.hub_used) == (found.places.usable, found.places.taken)
    assert replace(hub, hub_places=0, hub_used=0) == practice


@given(counts, counts, instants)
def test_a_hub_is_full_when_the_pace_has_used_what_is_free(free, pace, last):
    found = full_at(free=free, taken_last_hour=pace, last_place_at=last, at=MORNING)

    if found is None:
        assert not free or not pace or not last or MORNING + timedelta(hours=free / pace) >= last
    else:
        assert MORNING < found < last
        assert abs((found - MORNING) / timedelta(hours=1) * pace - free) < 0.001


def test_twice_the_pace_is_full_in_half_the_time():
    evening = MORNING + timedelta(hours=10)
    slow, fast = (
        full_at(free=12, taken_last_hour=pace, last_place_at=evening, at=MORNING) for pace in (4, 8)
    )

    assert (slow, fast) == (MORNING + timedelta(hours=3), MORNING + timedelta(minutes=90))
