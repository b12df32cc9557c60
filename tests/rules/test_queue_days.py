"""Simulated days of the queue: nothing starves, and nothing late loses its place.

Cases arrive, are raised and are taken, in any order hypothesis thinks of. Due times and places are
those of the rules themselves; whoever is free always takes the first.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.rules.opening import ENHANCED_WEEK, Hours, core_hours
from tests.rules.times import MONDAY, london
from triage.rules.codes import Urgency
from triage.rules.due import due_after_change, due_for
from triage.rules.ordering import Waiting, in_order, needs_duty_clinician, time_left

OPENS = london(MONDAY, 8)
CORE, HUB = core_hours({}), Hours(week=ENHANCED_WEEK)
# Minutes of the working week in which something happens.
WEEK = 5 * 24 * 60


@dataclass(frozen=True)
class Arrives:
    at: int
    urgency: Urgency


@dataclass(frozen=True)
class Raised:
    """The so-many-th waiting case is found to be of this class, if that is a raise."""

    at: int
    which: int
    urgency: Urgency


@dataclass(frozen=True)
class Taken:
    """Somebody is free, and takes the first."""

    at: int


minutes = st.integers(0, WEEK)
classes = st.sampled_from(Urgency)
events = st.lists(
    st.one_of(
        st.builds(Arrives, at=minutes, urgency=classes),
        st.builds(Arrives, at=minutes, urgency=classes),
        st.builds(Raised, at=minutes, which=st.integers(0, 50), urgency=classes),
        st.builds(Taken, at=minutes),
    ),
    min_size=30,
    max_size=60,
).map(lambda found: sorted(found, key=lambda one: one.at))


def queue_at(waiting: list[Waiting], at: datetime) -> list[Waiting]:
    """The queue as whoever is free finds it then."""
    return in_order(waiting)


class Days:
    """The queue as it stands after each event, and who was taken when, before whom."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.taken: list[tuple[datetime, Waiting, tuple[Waiting, ...]]] = []
        self.asked: list[str] = []

    def live(self, event: Arrives | Raised | Taken) -> None:
        at = OPENS + timedelta(minutes=event.at)
        if isinstance(event, Arrives):
            # Not in the order of arrival, so that the last tie-break favours nobody.
            name = f"{7919 * len(self.asked) % 997:03}-{len(self.asked)}"
            due = due_for(event.urgency, at, core=CORE, hub=HUB)
            self.asked.append(name)
            self.waiting.append(Waiting(name, event.urgency, at, due))
        elif isinstance(event, Raised) and self.waiting:
            place = event.which % len(self.waiting)
            self.waiting[place] = raised(self.waiting[place], event.urgency)
        elif isinstance(event, Taken):
            self.take(at)

    def take(self, at: datetime) -> None:
        queue = queue_at(self.waiting, at)
        if queue:
            self.taken.append((at, queue[0], tuple(queue[1:])))
            self.waiting.remove(queue[0])


def raised(one: Waiting, urgency: Urgency) -> Waiting:
    if urgency.rank >= one.urgency.rank:
        return one
    due = due_after_change(
        one.urgency, urgency, one.due_at, submitted_at=one.submitted_at, core=CORE, hub=HUB
    )
    return replace(one, urgency=urgency, due_at=due)


def lived(found) -> Days:
    days = Days()
    for event in found:
        days.live(event)
    return days


@given(events)
def test_nobody_in_time_is_overtaken_by_who_needs_less(found):
    for _, first, others in lived(found).taken:
        assert all(first.urgency.rank <= other.urgency.rank for other in others)


@given(events)
def test_no_wait_however_long_lifts_a_planned_case_over_an_urgent_one_in_time(found):
    days = lived(found)
    # The clock runs on: ten days later the order is still the same.
    later = OPENS + timedelta(days=10)
    order = queue_at(days.waiting, later)
    planned = [order.index(one) for one in order if one.urgency is Urgency.P6]
    urgent = [order.index(one) for one in order if one.urgency.rank <= Urgency.P2.rank]

    assert not planned or not urgent or max(urgent) < min(planned)
    assert all(time_left(one, later).is_overdue for one in order)
    for at, first, others in days.taken:
        if first.urgency is Urgency.P6:
            urgent = [one for one in others if one.urgency is Urgency.P2]
            assert all(time_left(one, at).is_overdue for one in urgent)


@given(events)
def test_who_is_late_loses_the_place_to_no_later_arrival_of_the_same_need(found):
    for at, first, others in lived(found).taken:
        for other in others:
            is_alike = other.urgency is first.urgency and other.due_at < first.due_at
            assert not (is_alike and time_left(other, at).is_overdue)


@given(events)
def test_a_raise_loses_nobody_a_place_they_had(found):
    """Whoever is raised stands no later than before, and all others keep their order."""
    days = Days()
    for event in found:
        at = OPENS + timedelta(minutes=event.at)
        before = [one.reference for one in queue_at(days.waiting, at)]
        days.live(event)
        if not isinstance(event, Raised) or not before:
            continue
        after = [one.reference for one in queue_at(days.waiting, at)]
        moved = [one for one in before if after.index(one) < before.index(one)]
        rest = [one for one in before if one not in moved[:1]]
        assert len(moved) <= 1
        assert [one for one in after if one not in moved[:1]] == rest


@given(events)
def test_everybody_who_asked_is_reached_once(found):
    """Once nobody new comes, so many free people empty the queue, each case once."""
    days = lived(found)
    left = len(days.waiting)
    for minute in range(left):
        days.take(OPENS + timedelta(minutes=WEEK + minute))

    assert sorted(one.reference for _, one, _ in days.taken) == sorted(days.asked)
    assert days.waiting == []


@given(events)
def test_nobody_who_is_decided_today_is_late_without_a_call_for_help(found):
    """Whatever arrives before it, a case that waits too long is somebody's by name."""
    for at, _, others in lived(found).taken:
        late = [one for one in others if time_left(one, at).is_overdue]
        assert all(needs_duty_clinician(one, at) for one in late if one.urgency.is_same_day)


# The controls: each promise can be broken.
def due_alone(waiting, at):
    return sorted(waiting, key=lambda one: (0, one.due_at, one.reference))


def newest_first(waiting, at):
    return sorted(waiting, key=lambda one: (one.urgency.rank, at - one.submitted_at))


def oldest_first(waiting, at):
    return sorted(waiting, key=lambda one: (one.submitted_at, one.reference))


def late_last(waiting, at):
    return sorted(waiting, key=lambda one: (time_left(one, at).is_overdue, one.key))


def late_given_up(waiting, at):
    return [one for one in in_order(waiting) if not time_left(one, at).is_overdue]


# The smallest days that hypothesis found, in which another order breaks a promise.
SOON_DUE = [Arrives(0, Urgency.P1), Arrives(58, Urgency.P0), Taken(58)]
PLANNED = [Arrives(0, Urgency.P6), Arrives(1950, Urgency.P2)]
ALIKE = [Arrives(0, Urgency.P0), Arrives(1, Urgency.P0), Taken(2)]
LATE = [Arrives(0, Urgency.P1), Arrives(1, Urgency.P1), Taken(60)]
UNSEEN = [Arrives(0, Urgency.P0), Arrives(0, Urgency.P0), Taken(2)]
RAISED = [
    *[Arrives(0, one) for one in (Urgency.P0, Urgency.P1, Urgency.P0)],
    Raised(2, 1, Urgency.P0),
]
ORDERS = [
    (due_alone, test_nobody_in_time_is_overtaken_by_who_needs_less, SOON_DUE),
    (
        due_alone,
        test_no_wait_however_long_lifts_a_planned_case_over_an_urgent_one_in_time,
        PLANNED,
    ),
    (
        oldest_first,
        test_no_wait_however_long_lifts_a_planned_case_over_an_urgent_one_in_time,
        PLANNED,
    ),
    (newest_first, test_who_is_late_loses_the_place_to_no_later_arrival_of_the_same_need, ALIKE),
    (late_last, test_who_is_late_loses_the_place_to_no_later_arrival_of_the_same_need, LATE),
    (late_last, test_a_raise_loses_nobody_a_place_they_had, RAISED),
    (late_given_up, test_everybody_who_asked_is_reached_once, ALIKE),
]


@pytest.mark.parametrize(("order", "promise", "found"), ORDERS)
def test_another_order_breaks_the_promise(order, promise, found, monkeypatch):
    kept = promise.hypothesis.inner_test
    kept(found)
    monkeypatch.setitem(globals(), "queue_at", order)

    with pytest.raises(AssertionError):
        kept(found)


def test_without_calls_for_help_somebody_is_late_unseen(monkeypatch):
    kept = test_nobody_who_is_decided_today_is_late_without_a_call_for_help.hypothesis.inner_test
    kept(UNSEEN)
    monkeypatch.setitem(globals(), "needs_duty_clinician", lambda one, at: False)

    with pytest.raises(AssertionError):
        kept(UNSEEN)
