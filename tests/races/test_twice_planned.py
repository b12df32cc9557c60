"""A list that ended and looks of the planner, delivered two to five times in any order.

They decide over the same places, so who comes first decides who gets which. What must hold
whatever the order: everybody has one outcome, no invariant breaks, and once more changes nothing
(fault F10).
"""

import random

import pytest
from django.db import transaction

from appointments.models import Booking
from networks.tasks import rebalance_after
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message
from tests.crowded import crowd
from tests.invariants import broken
from tests.races.test_twice import _state
from triage.actions.gone_home import go_home
from triage.models import Rehoming
from triage.tasks import rehome

pytestmark = pytest.mark.race


@pytest.fixture
def deliveries(world, acting, now, monkeypatch):
    """Dr Oak, who was over the limit, has gone home; the hub's GP is over it still."""
    monkeypatch.setattr(clock, "now", lambda: now)
    crowd(world, acting)
    left = perform(
        go_home,
        by=acting(world, "receptionist"),
        at=now,
        clinician_id=world.clinicians["gp_oak"].pk,
        from_at=now,
        reason="unwell",
    )
    places = (world.oak.pk, world.elm.pk, world.hub.pk)
    return [
        (rehome, {"gone_home_id": left.pk}),
        *((rebalance_after, {"organisation_id": place}) for place in places),
    ]


def _facts(now):
    """What became of everybody: outcomes, live places of a case, and news of a case still to go."""
    with everywhere(because="the test looks", at=now):
        outcomes = sorted(Rehoming.objects.values_list("outcome", flat=True))
        booked = list(Booking.objects.filter(state="booked").values_list("case_ref", flat=True))
        news = Message.objects.filter(state="queued", kind__in=("confirmed", "changed"))
        told = list(news.values_list("case_ref", flat=True))
    twice = len(booked) - len(set(booked)), len(told) - len(set(told))
    return tuple(outcomes), twice, tuple(broken(at=now))


def _settles(sequence, once, now):
    """What became of everybody, and whether each delivery once more leaves all as it is."""
    sid = transaction.savepoint()
    try:
        for task, payload in sequence:
            task(**payload)
        for task, payload in once:
            task(**payload)
        found, before = _facts(now), _state(now)
        for task, payload in once:
            task(**payload)
        return found, _state(now) == before
    finally:
        transaction.savepoint_rollback(sid)


def test_fifty_sequences_lose_nobody_and_settle(deliveries, now):
    chance = random.Random(11)
    found = set()
    for _ in range(50):
        many = [one for one in deliveries for _ in range(chance.randint(2, 5))]
        chance.shuffle(many)
        found.add(_settles(many, deliveries, now))

    assert {is_settled for _, is_settled in found} == {True}
    for outcomes, twice, faults in (facts for facts, _ in found):
        assert (len(outcomes), "pending" in outcomes) == (3, False)
        assert (twice, faults) == ((0, 0), ())


def test_control_a_list_that_forgets_its_outcomes_never_settles(deliveries, now):
    def forgetful(**payload):
        with everywhere(because="the test's fault", at=now):
            Rehoming.objects.update(outcome="pending", now=None)
        rehome(**payload)

    forgot = [(forgetful, deliveries[0][1]), *deliveries[1:]]

    assert not _settles(deliveries, forgot, now)[1]
