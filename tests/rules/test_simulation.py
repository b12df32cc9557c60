"""What holds on every simulated day, whoever arranges it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.rules.simulation.days import made_day
from networks.rules.simulation.desks import earliest_anywhere, hub_first_come, no_hub
from networks.rules.simulation.experiments import DESKS, Experiment
from networks.rules.simulation.facts import HUB, Setting
from networks.rules.simulation.headroom import Headroom
from networks.rules.simulation.living import live
from networks.rules.simulation.making import made_network
from networks.rules.simulation.marks import held
from networks.rules.simulation.outcomes import PROMISED, URGENT, outcome_of
from networks.rules.simulation.unavoidable import most_placed, unavoidable
from tests.rules.simulated import solved, streams

NETWORK = made_network(streams(1))
DAY = made_day(NETWORK, 1, Setting(demand=1.3), streams(1))  # so busy that every rule binds
QUIET = Setting(demand=0.5)
POLICIES = ("none", "fcfs", "earliest", "headroom")


@pytest.fixture(scope="module")
def diaries():
    return {
        "none": live(DAY, no_hub),
        "fcfs": live(DAY, hub_first_come),
        "earliest": live(DAY, earliest_anywhere),
        "headroom": live(DAY, lambda diary: Headroom(diary, solved)),
    }


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_is_lost_and_nobody_is_seen_twice(diaries, policy):
    diary = diaries[policy]
    everybody = {case.id for case in (*DAY.arrivals, *DAY.booked.values())}
    without = {case.id for case in DAY.arrivals} - set(diary.place)
    parts = [set(diary.met), diary.missed, diary.cancelled, without]

    assert set().union(*parts) == everybody
    assert sum(map(len, parts)) == len(everybody)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_place_has_one_holder_who_may_be_there(diaries, policy):
    diary = diaries[policy]

    assert {slot.id for slot in diary.place.values()} == set(diary.holder)
    for case in DAY.arrivals:
        slot = diary.place.get(case.id)
        if slot is not None:
            assert slot.start >= case.arrives
            assert diary.is_competent(DAY.clinicians[slot.clinician], case)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_meter_is_the_sum_of_the_contacts(diaries, policy):
    diary = diaries[policy]
    for name in DAY.clinicians:
        contacts = [
            case.points
            for slot_id, case in diary.holder.items()
            if DAY.slots[slot_id].clinician == name and case.id not in diary.missed
        ]
        assert diary.load[name] == sum(contacts)


def points_at_hub_past_limits(diary):
    """Points past the hub clinicians' limits that nothing urgent explains."""
    past = 0
    for name, one in DAY.clinicians.items():
        held_there = [
            (slot_id, case)
            for slot_id, case in diary.holder.items()
            if DAY.slots[slot_id].clinician == name and not case.urgency.is_urgent
        ]
        early = sum(case.points for slot_id, case in held_there if slot_id in DAY.booked)
        if one.site == HUB:
            points = sum(case.points for _, case in held_there)
            past += max(0, points - max(one.limit, early))
    return past


def test_headroom_never_fills_the_hub_past_a_limit_with_what_can_wait(diaries):
    assert points_at_hub_past_limits(diaries["headroom"]) == 0
    assert points_at_hub_past_limits(diaries["earliest"]) > 0  # the control: others do


def test_headroom_moves_nobody_twice_and_nobody_fixed(diaries):
    diary = diaries["headroom"]

    assert set(diary.moves.values()) <= {1}
    fixed = {case.id for case in DAY.booked.values() if case.is_fixed}
    assert not fixed & set(diary.moves)


@pytest.mark.parametrize("policy", POLICIES)
def test_no_policy_has_fewer_breaches_than_are_unavoidable(diaries, policy):
    outcome = outcome_of(diaries[policy])

    assert outcome.all_breaches >= unavoidable(DAY, PROMISED)
    assert outcome.urgent_breaches >= unavoidable(DAY, URGENT)


@given(st.lists(st.lists(st.sampled_from("abcd"), unique=True), max_size=5))
def test_the_most_who_can_be_placed_is_that_of_every_way_tried(ways):
    tried = product(*([*way, None] for way in ways))
    lawful = [[place for place in one if place] for one in tried]

    assert most_placed(ways) == max(
        len(places) for places in lawful if len(set(places)) == len(places)
    )


def test_one_seed_gives_one_day_and_another_another():
    def places(seed):
        day = made_day(made_network(streams(seed)), 1, QUIET, streams(seed))
        return live(day, lambda diary: Headroom(diary, solved)).place

    first = places(3)
    assert places(3) == first
    assert places(4) != first


def test_every_policy_sees_the_same_days():
    experiment = Experiment(streams(5), 1, solved)

    assert list(experiment.made_days()) == list(experiment.made_days())


def test_more_demand_is_the_same_people_and_more():
    usual = made_day(NETWORK, 1, Setting(), streams(1))

    assert set(usual.arrivals) < set(DAY.arrivals)
    assert usual.booked == DAY.booked


def test_at_equal_admission_nobody_whom_headroom_deferred_is_seen():
    experiment = Experiment(streams(6), 1, solved, QUIET)
    (reference,) = experiment.lived("none")
    assert reference.deferred > 0
    for policy in DESKS:
        (alike,) = experiment.lived_alike(policy, [reference])
        assert reference.another_day <= alike.another_day


def test_a_mark_is_read_from_means_and_says_when_there_was_nothing_to_lower():
    experiment = Experiment(streams(7), 2, solved)
    days = experiment.lived("none")
    found = held(days, {"none": days})

    assert [one.mark.against for one in found] == ["none"] * 5
    assert {one.found.mean for one in found if one.found is not None} == {0}
    assert not any(one.is_reached for one in found)
