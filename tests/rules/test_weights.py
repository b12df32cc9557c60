"""The lead's numbers steer the list within bounds: urgent never loses, delay never pays."""

from dataclasses import replace
from datetime import timedelta
from math import exp

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from practices.rules.limits import LimitMode
from practices.rules.professions import Profession
from tests.rules.test_routing import CASE, NOW, candidates, cases, hub, slot
from triage.rules.candidates import Where
from triage.rules.codes import Continuity, OptionKind, Refusal, Urgency
from triage.rules.costs import cost_of, costs_of
from triage.rules.outlook import NOTHING_EXPECTED, Outlook, enough_for, outlook_of, risk
from triage.rules.routing import rank
from triage.rules.weights import (
    NAMES,
    SPANS,
    WEIGHTS,
    Weights,
    changed_names,
    faults,
    values_of,
    weights_of,
)

any_weights = st.builds(
    Weights, **{name: st.integers(span.least, span.most) for name, span in SPANS.items()}
)
outlooks = st.builds(
    Outlook,
    urgent=st.floats(0, 300),
    same_day=st.floats(0, 300),
    generalists=st.integers(0, 60),
    urgent_risk=st.integers(0, 100),
    gp_risk=st.integers(0, 100),
)
KEEPS = replace(WEIGHTS, kept_percent=80)
BUSY = Outlook(urgent=4.0, same_day=6.0, generalists=3)


def first(case, *places, weights=WEIGHTS, rest=NOTHING_EXPECTED):
    return rank(case, places, NOW, weights, rest).options[0].candidate.key


def test_usual_numbers_look_at_nobody_who_has_not_asked():
    assert not WEIGHTS.looks_ahead
    assert faults(values_of(WEIGHTS)) == {}


@given(any_weights)
def test_what_is_kept_is_read_back(weights):
    assert weights_of(values_of(weights)) == weights


def test_numbers_kept_before_a_weight_was_invented_still_hold():
    assert weights_of({"travel_minute": 40}) == replace(WEIGHTS, travel_minute=40)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", [None, "", "5", 1.5, True, -1, 10**9])
def test_each_number_out_of_its_span_is_told(name, typed):
    assert list(faults(values_of(WEIGHTS) | {name: typed})) == [name]


def test_only_they_will_do_never_costs_less_than_where_that_matters():
    typed = values_of(WEIGHTS) | {"continuity_red": 10_000, "continuity_amber": 20_000}

    assert list(faults(typed)) == ["continuity_red"]


@pytest.mark.parametrize(("disturbed", "is_told"), [(8000, True), (80_000, False)])
def test_nobody_is_disturbed_for_a_shorter_wait(disturbed, is_told):
    """A P1's place sooner by a working day, 8am to 8pm, is worth less than moving somebody."""
    typed = values_of(WEIGHTS) | {"plan_start_minute": 10, "plan_disturbed": disturbed}

    assert (disturbed < 6 * 1.1 * 12 * 60 * 10) == is_told
    assert list(faults(typed)) == ["plan_disturbed"] * is_told


def test_an_unknown_weight_is_told():
    assert list(faults(values_of(WEIGHTS) | {"postcode": 5})) == ["postcode"]


def test_what_changed_is_named_in_order():
    after = replace(WEIGHTS, wait_minute=2, continuity_red=50_000)

    assert changed_names(WEIGHTS, after) == ("continuity_red", "wait_minute")


@given(cases, candidates, any_weights, outlooks)
def test_the_parts_add_up_to_the_cost(case, place, weights, rest):
    parts = costs_of(case, place, NOW, weights, rest)

    assert sum(parts.values()) == cost_of(case, place, NOW, weights, rest)
    assert set(parts) <= set(NAMES)
    assert min(parts.values(), default=0) >= 0


@given(cases, candidates, any_weights, outlooks, st.sampled_from(NAMES), st.integers(1, 500))
def test_a_heavier_weight_never_makes_a_place_cheaper(case, place, weights, rest, name, more):
    heavier = replace(weights, **{name: getattr(weights, name) + more})

    assert cost_of(case, place, NOW, heavier, rest) >= cost_of(case, place, NOW, weights, rest)


@given(cases, candidates, any_weights, outlooks, st.integers(1, 600), st.integers(0, 600))
def test_delay_never_lowers_a_place(case, place, weights, rest, later, passed):
    """Of two like places the sooner stands first, however long the case has waited."""
    assume(place.starts_at is not None)
    sooner = replace(place, key="sooner", starts_at=NOW + timedelta(minutes=700))
    after = replace(place, key="after", starts_at=sooner.starts_at + timedelta(minutes=later))
    now = NOW + timedelta(minutes=passed)
    costs = [cost_of(case, one, now, weights, rest) for one in (sooner, after)]

    ranked = rank(case, [after, sooner], now, replace(weights, another_day=0), rest)

    keys = [option.candidate.key for option in ranked.options]
    assert costs == sorted(costs)
    assert keys in (["sooner", "after"], ["sooner"], ["after"], [])
    if keys == ["after"]:
        assert any(no.code is Refusal.EMBARGO for no in ranked.refused)


@given(
    cases,
    st.lists(candidates, max_size=6),
    any_weights,
    outlooks,
    st.sampled_from(["P1", "P2", "P3", "P4"]),
)
def test_more_urgent_has_every_slot_the_less_urgent_has(case, places, weights, rest, raised):
    higher = replace(case, urgency=Urgency(raised))
    assume(case.urgency.rank > higher.urgency.rank)
    in_time = [
        one
        for one in places
        if one.kind is OptionKind.SLOT and one.starts_at and one.starts_at <= case.due_at
    ]

    lower_keys = {o.candidate.key for o in rank(case, in_time, NOW, weights, rest).options}
    higher_keys = {o.candidate.key for o in rank(higher, in_time, NOW, weights, rest).options}

    assert lower_keys <= higher_keys


@given(
    cases,
    st.lists(candidates, max_size=6),
    any_weights,
    outlooks,
    st.sampled_from(["P0", "P1", "P2", "P3"]),
)
def test_no_number_blocks_or_prices_the_urgent(case, places, weights, rest, urgency):
    urgent = replace(case, urgency=Urgency(urgency))

    usual = rank(urgent, places, NOW)
    steered = rank(urgent, places, NOW, weights, rest)

    assert {no.candidate.key for no in steered.refused} == {
        no.candidate.key for no in usual.refused
    }
    for place in places:
        parts = costs_of(urgent, place, NOW, weights, rest)
        assert not {"gp_only", "urgent_expected"} & set(parts)


@given(cases, st.lists(candidates, max_size=6), any_weights, outlooks)
def test_late_stands_behind_everything_in_time_whatever_it_costs(case, places, weights, rest):
    slots = [one for one in rank(case, places, NOW, weights, rest).options if one.candidate.mode]
    late = [one.is_late for one in slots if one.candidate.kind == "slot"]

    assert late == sorted(late)


def test_places_are_kept_for_the_urgent_still_expected():
    ranked = rank(CASE, [hub("anp", 120), slot("own", 300)], NOW, KEEPS, BUSY)

    assert [option.candidate.key for option in ranked.options] == ["own"]
    assert [(no.code, no.text) for no in ranked.refused] == [
        (
            Refusal.EMBARGO,
            "Kept for urgent patients still expected today, until 45 minutes before it starts",
        )
    ]


@pytest.mark.parametrize(
    ("place", "rest"),
    [
        (hub("x", 45), BUSY),
        (hub("x", 1500), BUSY),
        (hub("x", 120, profession=Profession.PHARMACIST), BUSY),
        (slot("x", 120), BUSY),
        (hub("x", 120, where=Where.OTHER), BUSY),
        (hub("x", 120), replace(BUSY, generalists=9)),
    ],
)
def test_what_is_not_kept(place, rest):
    planned = replace(CASE, due_at=NOW + timedelta(days=3), urgency=Urgency.P4, signed=True)

    assert first(planned, place, weights=KEEPS, rest=rest) == "x"


def test_more_is_kept_from_planned_cases_than_from_todays():
    six_left = replace(BUSY, generalists=8)

    assert not six_left.keeps(Urgency.P4, KEEPS)
    assert six_left.keeps(Urgency.P6, KEEPS)


def test_the_rest_of_the_day_counts_the_hubs_free_generalists():
    free = [(Profession.ANP, 2), (Profession.GP, 1), (Profession.PHYSIO, 1)]

    morning = outlook_of(WEIGHTS, free, NOW)
    evening = outlook_of(WEIGHTS, [], NOW + timedelta(hours=10))

    assert morning.generalists == 3
    # Half past nine: 34 % have asked, and half of the second hour's 18 %.
    assert morning.urgent == pytest.approx(67 * 0.57, rel=0.01)
    assert (evening.urgent, evening.urgent_risk) == (0, 100)


@given(st.floats(0, 600), st.floats(0, 0.99), st.floats(0, 0.99))
def test_surer_and_more_expected_keeps_no_less(mean, level, other):
    low, high = sorted((level, other))

    assert enough_for(mean, low) <= enough_for(mean, high)
    assert enough_for(mean, high) <= enough_for(mean + 1, high)


@pytest.mark.parametrize(("mean", "places"), [(3.0, 0), (3.0, 1), (3.0, 5), (40.0, 30)])
def test_the_risk_is_the_tail_of_poisson(mean, places):
    terms, chance = [], exp(-mean)
    for count in range(400):
        terms.append(chance)
        chance *= mean / (count + 1)

    assert risk(mean, places) == round(100 * sum(terms[places:]))


def test_a_price_spares_the_gp_while_only_gps_may_be_needed():
    gp = hub("gp", 30, profession=Profession.GP)
    anp = hub("anp", 110)
    priced = replace(WEIGHTS, gp_only=5)

    assert first(CASE, gp, anp) == "gp"
    assert first(CASE, gp, anp, weights=priced, rest=Outlook(gp_risk=60)) == "anp"


def test_the_end_of_a_share_costs_more_than_its_beginning():
    fair = replace(WEIGHTS, share_used=10)

    costs = [cost_of(CASE, hub("x", share_left=left), NOW, fair) for left in (9, 4, 1)]

    assert costs == sorted(costs)
    assert costs[1] - costs[0] < costs[2] - costs[1]


def test_a_planned_case_is_offered_another_day_when_today_is_dear():
    planned = replace(CASE, urgency=Urgency.P6, due_at=NOW + timedelta(days=3))
    today, tomorrow = slot("today", 60), slot("tomorrow", 1500)
    thrifty = replace(WEIGHTS, another_day=100)

    options = rank(planned, [today, tomorrow], NOW, thrifty).options

    assert first(planned, today, tomorrow) == "today"
    assert [option.candidate.key for option in options] == ["tomorrow", "today"]
    assert options[1].reasons[-1].code == "another_day"
    assert first(replace(planned, urgency=Urgency.P5), today, tomorrow, weights=thrifty) == "today"


def test_an_overdue_case_is_pinned_to_the_earliest_place():
    case = replace(
        CASE,
        due_at=NOW - timedelta(minutes=10),
        continuity=Continuity.AMBER,
        continuity_clinician=7,
    )
    places = slot("own doctor", 600, clinician=7), slot("sooner", 15)

    assert first(case, *places) == "sooner"
    assert first(case, *places, weights=replace(WEIGHTS, late_minute=0)) == "own doctor"


@given(cases, st.lists(candidates, max_size=8), any_weights, outlooks)
def test_no_number_lets_anybody_past_a_limit(case, places, weights, rest):
    for option in rank(case, places, NOW, weights, rest).options:
        place = option.candidate
        is_enforced = place.limit_mode is LimitMode.ENFORCE and place.kind == "slot"
        assert case.urgency.is_urgent or not (is_enforced and place.is_over_limit)
