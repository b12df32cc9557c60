"""The queue: class, then due, then reference; waiting never costs a case its place."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.times import MONDAY, instants, london
from triage.rules.codes import Urgency
from triage.rules.ordering import Escalation, Waiting, in_order, needs_duty_clinician, time_left

MORNING = london(MONDAY, 9)

waiting = st.builds(
    Waiting,
    reference=st.uuids().map(str),
    urgency=st.sampled_from(Urgency),
    submitted_at=instants(),
    due_at=instants(),
)


def case(urgency: str, *, minutes: int = 100, reference: str = "A") -> Waiting:
    return Waiting(reference, Urgency(urgency), MORNING, MORNING + timedelta(minutes=minutes))


def test_class_then_due_then_reference():
    queue = [
        case("P4", minutes=1, reference="late P4"),
        case("P2", minutes=90, reference="B"),
        case("P2", minutes=90, reference="A"),
        case("P2", minutes=30, reference="C"),
        case("P0", minutes=500, reference="D"),
    ]

    assert [c.reference for c in in_order(queue)] == ["D", "C", "A", "B", "late P4"]


@given(st.lists(waiting, max_size=12), st.randoms(use_true_random=False))
def test_order_does_not_depend_on_arrival(cases, shuffler):
    mixed = list(cases)
    shuffler.shuffle(mixed)

    assert in_order(mixed) == in_order(cases)


@given(st.lists(waiting, min_size=2, max_size=12))
def test_nobody_stands_before_a_more_urgent_class(cases):
    ranks = [c.urgency.rank for c in in_order(cases)]

    assert ranks == sorted(ranks)


@given(waiting, waiting, st.integers(0, 10**6))
def test_planned_case_never_ages_past_an_urgent_one_in_time(old, urgent, minutes):
    planned = Waiting(old.reference, Urgency.P6, old.submitted_at, old.due_at)
    two_hours = Waiting(
        urgent.reference,
        Urgency.P2,
        old.submitted_at + timedelta(minutes=minutes),
        old.due_at + timedelta(minutes=minutes),
    )

    assert in_order([planned, two_hours])[0] is two_hours


@given(waiting, st.lists(waiting, max_size=8))
def test_later_arrivals_of_the_same_class_with_later_due_stay_behind(first, others):
    later = [
        Waiting(o.reference, first.urgency, o.submitted_at, first.due_at + timedelta(minutes=1))
        for o in others
    ]

    assert in_order([*later, first])[0] is first


@pytest.mark.parametrize(
    ("minutes", "escalation", "left"),
    [
        (-5, Escalation.NONE, 105),
        (49, Escalation.NONE, 51),
        (50, Escalation.HALF, 50),
        (79, Escalation.HALF, 21),
        (80, Escalation.EIGHTY, 20),
        (100, Escalation.LATE, 0),
        (130, Escalation.LATE, -30),
    ],
)
def test_escalation_at_half_at_eighty_percent_and_when_late(minutes, escalation, left):
    clock = time_left(case("P2"), MORNING + timedelta(minutes=minutes))

    assert (clock.escalation, clock.minutes) == (escalation, left)
    assert clock.is_overdue is (escalation is Escalation.LATE)


def test_emergency_alarms_from_the_first_second():
    assert time_left(case("P0", minutes=2), MORNING).escalation is Escalation.EIGHTY


@pytest.mark.parametrize(
    ("urgency", "minutes", "duty"),
    [("P0", 0, True), ("P1", 49, False), ("P1", 50, True), ("P4", 60, True), ("P5", 99, False)],
)
def test_unplaced_case_goes_to_the_duty_clinician_at_half_its_time(urgency, minutes, duty):
    now = MORNING + timedelta(minutes=minutes)

    assert needs_duty_clinician(case(urgency), now) is duty


@given(waiting, st.integers(0, 10_000), st.integers(0, 10_000))
def test_escalation_only_rises_with_time(one, sooner, longer):
    order = list(Escalation)
    early = time_left(one, one.submitted_at + timedelta(minutes=sooner))
    late = time_left(one, one.submitted_at + timedelta(minutes=sooner + longer))

    assert order.index(early.escalation) <= order.index(late.escalation)
