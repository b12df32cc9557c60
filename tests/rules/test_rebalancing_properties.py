"""What holds of every plan, whatever the instance."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appointments.rules.rebalancing import LEVELS, greedy_plan, plan, read_instance
from appointments.rules.rebalancing.flow import flow
from appointments.rules.rebalancing.lawfulness import broken_rules
from appointments.rules.rebalancing.survey import survey
from appointments.tasks.matching import match
from appointments.tasks.milp import Highs
from tests.rules.brute_force import Contract
from tests.rules.small_instances import small_instance

SEEDS = st.integers(0, 10**9)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def described(seed, **sizes):
    return small_instance(Random(seed), **sizes)


def instance_of(seed, **sizes):
    return read_instance(json.dumps(described(seed, **sizes)))


def places_of(answer):
    return {placement.case: placement.slot for placement in answer.placements}


@given(SEEDS)
@many
def test_no_rule_is_broken_by_any_plan(seed):
    contract = Contract(described(seed, cases=12, slots=14))
    instance = instance_of(seed, cases=12, slots=14)

    exact, quick = plan(instance, Highs()), greedy_plan(instance)

    assert contract.is_lawful(places_of(exact))
    assert contract.is_lawful(places_of(quick))


@given(SEEDS)
@many
def test_nobody_ends_above_the_limit_and_the_present_load(seed):
    contract = Contract(described(seed, cases=12, slots=14))

    loads = contract.loads(places_of(plan(instance_of(seed, cases=12, slots=14), Highs())))

    for clinician, load in loads.items():
        limit = contract.clinicians[clinician]["limit"]
        assert limit is None or load <= max(limit, contract.present_load[clinician])


@given(SEEDS)
@many
def test_the_booked_keep_a_place_and_only_the_movable_another(seed):
    instance = instance_of(seed, cases=12, slots=14)
    places = places_of(plan(instance, Highs()))

    known = survey(instance)
    stayed = {case: places.get(case) for case in known.booked() if case not in known.movable}

    assert set(known.booked()) <= set(places)
    assert stayed == known.settled()


@given(SEEDS)
@many
def test_who_wants_the_own_practice_is_seen_nowhere_else(seed):
    instance = instance_of(seed, cases=12, slots=14)
    chance = Random(seed)
    wished = tuple(
        replace(case, own_practice_only=chance.random() < 0.6) for case in instance.cases
    )
    instance = replace(instance, cases=wished)
    known = survey(instance)

    flat = flow(known, match)
    answers = [places_of(plan(instance, Highs())), places_of(greedy_plan(instance))]
    for places in (*answers, dict(flat.places) if flat else {}):
        for case in wished:
            slot = places.get(case.id)
            if case.own_practice_only and slot not in (None, case.slot):
                assert known.clinicians[known.slots[slot].clinician].site == case.practice


@given(SEEDS)
@many
def test_a_rerun_in_any_order_of_input_is_identical(seed):
    instance = instance_of(seed, cases=10, slots=12)
    chance = Random(seed)
    shuffled = replace(
        instance,
        clinicians=tuple(chance.sample(instance.clinicians, len(instance.clinicians))),
        slots=tuple(chance.sample(instance.slots, len(instance.slots))),
        cases=tuple(chance.sample(instance.cases, len(instance.cases))),
    )

    assert plan(shuffled, Highs()) == plan(instance, Highs())


@given(SEEDS, st.lists(st.integers(1, 300), min_size=2, max_size=4, unique=True))
@many
def test_delay_never_lowers_a_place(seed, overdue):
    """Of overdue cases that differ in nothing else, the one due first is never behind."""
    instance = instance_of(seed, cases=5, slots=12)
    pattern = replace(instance.cases[0], slot=None, told=False, urgency="P4", points=10)
    twins = tuple(
        replace(pattern, id=f"t{minutes}", due=instance.now - timedelta(minutes=minutes))
        for minutes in overdue
    )
    instance = replace(instance, cases=(*instance.cases[1:], *twins))

    places = places_of(plan(instance, Highs()))

    starts = {slot.id: slot.starts_at for slot in instance.slots}
    never = max(starts.values()) + timedelta(days=1)
    by_delay = [
        starts.get(places.get(f"t{minutes}"), never) for minutes in sorted(overdue, reverse=True)
    ]
    assert by_delay == sorted(by_delay)


@given(SEEDS)
@many
def test_no_number_of_planned_cases_displaces_a_more_urgent_one(seed):
    instance = instance_of(seed, cases=10, slots=8)
    queue = [case for case in instance.cases if case.slot is None and case.urgency == "P6"]
    crowd = tuple(replace(case, id=f"{case.id}-{i}", points=5) for case in queue for i in range(8))

    calm = plan(instance, Highs())
    crowded = plan(replace(instance, cases=(*instance.cases, *crowd)), Highs())

    before = LEVELS.index("planned")
    assert [level.value for level in crowded.levels[:before]] == [
        level.value for level in calm.levels[:before]
    ]


@given(SEEDS)
@many
def test_a_plan_is_never_behind_the_rule_of_thumb_nor_below_its_own_bounds(seed):
    instance = instance_of(seed, cases=12, slots=14)

    exact, quick = plan(instance, Highs()), greedy_plan(instance)

    assert [e.value for e in exact.levels] <= [q.value for q in quick.levels]
    assert all(level.bound <= level.value for level in (*exact.levels, *quick.levels))
    assert all(level.bound == level.value for level in exact.levels if level.proved)


@given(SEEDS)
@many
def test_when_the_solver_is_stopped_the_plan_is_lawful_and_honest(seed):
    instance = instance_of(seed, cases=12, slots=14)
    contract = Contract(described(seed, cases=12, slots=14))

    stopped, exact = plan(instance, Highs(brake_seconds=0)), plan(instance, Highs())

    assert contract.is_lawful(places_of(stopped))
    for hasty, best in zip(stopped.levels, exact.levels, strict=True):
        assert hasty.bound <= hasty.value
        assert not hasty.proved or hasty.value == best.value


@given(SEEDS)
@many
def test_proposals_of_the_last_run_are_kept(seed):
    instance = instance_of(seed, cases=12, slots=14)
    before = places_of(plan(instance, Highs()))
    anchored = replace(
        instance,
        cases=tuple(replace(case, proposed=before.get(case.id)) for case in instance.cases),
    )

    again = plan(anchored, Highs())

    assert places_of(again) == before


@given(SEEDS)
@many
def test_the_re_check_finds_what_the_contract_forbids_and_nothing_else(seed):
    whole = described(seed)
    chance, contract = Random(seed), Contract(whole)
    slots = [*contract.slots, None]
    tried = {case: contract.present.get(case) or chance.choice(slots) for case in contract.cases}
    if chance.random() < 0.5:
        tried[chance.choice(list(tried))] = chance.choice(slots)
    places = {case: slot for case, slot in tried.items() if slot is not None}

    broken = broken_rules(survey(read_instance(json.dumps(whole))), places)

    assert (broken == []) == contract.is_lawful(places)


@given(SEEDS)
@many
def test_every_case_is_answered_once_with_a_reason(seed):
    instance = instance_of(seed, cases=12, slots=14)

    answer = plan(instance, Highs())

    answered = [p.case for p in answer.placements] + [u.case for u in answer.unplaced]
    assert sorted(answered) == sorted(case.id for case in instance.cases)
    assert all(entry.reasons for entry in (*answer.placements, *answer.unplaced))


def with_proposals(seed, **sizes):
    """An instance and the places some of its cases were proposed by an earlier run."""
    instance, chance = instance_of(seed, **sizes), Random(seed)
    proposed = {
        case.id: chance.choice(instance.slots).id
        for case in instance.cases
        if chance.random() < 0.6
    }
    cases = tuple(replace(case, proposed=proposed.get(case.id)) for case in instance.cases)
    return replace(instance, cases=cases), proposed


@given(SEEDS)
@many
def test_a_proposal_changes_only_for_urgent_cases_same_day_cases_or_limits(seed):
    """Brute force with the proposals between the third level and the fourth."""
    instance, proposed = with_proposals(seed, cases=5, slots=6)
    contract = Contract(described(seed, cases=5, slots=6))

    def order(places):
        levels = contract.levels(places)
        changed = sum(places.get(case) != slot for case, slot in proposed.items())
        return (*levels[:3], changed, *levels[3:])

    answer = plan(instance, Highs())

    best = min(order(places) for places in contract.lawful_plans())
    assert order(places_of(answer)) == best
    assert (answer.altered.value, answer.altered.bound) == (best[3], best[3])
    assert answer.is_proved


@given(SEEDS)
@many
def test_planned_arrivals_change_no_proposal(seed):
    instance = instance_of(seed, cases=10, slots=14)
    before = places_of(plan(instance, Highs()))
    anchored = tuple(replace(case, proposed=before.get(case.id)) for case in instance.cases)
    pattern = replace(instance.cases[0], slot=None, urgency="P6", frozen=False, told=False)
    arrivals = tuple(replace(pattern, id=f"late{number}", points=5) for number in range(3))

    later = places_of(plan(replace(instance, cases=(*anchored, *arrivals)), Highs()))

    assert {case: later.get(case) for case in before} == before


def after_arrivals(seed, *, anchored):
    """The places before up to three arrivals, those after, and every lawful plan as good so far."""
    whole = described(seed, cases=6, slots=6)
    instance, contract = read_instance(json.dumps(whole)), Contract(whole)
    late = [case.id for case in instance.cases if case.slot is None][:3]
    there = tuple(case for case in instance.cases if case.id not in late)
    before = places_of(plan(replace(instance, cases=there), Highs()))
    proposed = before if anchored else {}
    cases = tuple(replace(case, proposed=proposed.get(case.id)) for case in instance.cases)
    later = places_of(plan(replace(instance, cases=cases), Highs()))
    goals = contract.levels(later)[:3]
    return before, later, [p for p in contract.lawful_plans() if contract.levels(p)[:3] == goals]


def changed(before, places):
    return sum(places.get(case) != slot for case, slot in before.items())


@given(SEEDS)
@settings(many, max_examples=30)
def test_what_arrivals_change_is_forced_by_the_first_three_goals(seed):
    """Brute force: no plan as good on urgent, same-day and limits leaves more in its place."""
    before, later, as_good = after_arrivals(seed, anchored=True)

    assert changed(before, later) == min(changed(before, places) for places in as_good)


@pytest.mark.parametrize("seed", [34, 54, 78])
def test_control_without_the_anchor_more_would_change(seed):
    before, later, as_good = after_arrivals(seed, anchored=False)

    assert changed(before, later) > min(changed(before, places) for places in as_good)
