"""A run that may place the queue: untold cases get their place, the others are left alone."""

import pytest

from appointments.models import Booking
from networks.actions.rebalance import ask_rebalance
from networks.tasks import rebalance
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message
from tests.cases import submitted
from tests.invariants import broken, past_limit
from triage import actions
from triage.models import Case, RouteDecision
from triage.rules.codes import Need


@pytest.fixture
def queue(world, acting, now, monkeypatch):
    """Two cases that may be booked, one nobody has signed, one a clinician has opened."""
    monkeypatch.setattr(clock, "now", lambda: now)
    asked = {"at": now, "red_flags_asked": True}
    made = {
        who: submitted(world, acting, who, Need.SORE_THROAT, **asked)
        for who in ("zoe", "tam", "zoe_namesake", "ellen")
    }
    with everywhere(because="the test's set-up", at=now):
        mine = Case.objects.filter(pk__in=[case.pk for case in made.values()])
        mine.update(
            urgency=4, due_at=clock.on(now.date(), 18), bookable_now=True, phone="07700 900123"
        )
        mine.filter(pk=made["tam"].pk).update(bookable_now=False)
    reference = made["ellen"].reference
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=reference)
    return world


def _run(world, acting, now, apply):
    manager = acting(world, "manager")
    run = perform(ask_rebalance, by=manager, at=now, network_id=world.network.pk, apply=apply)
    for _ in range(2):
        rebalance(run_id=run.pk, network_id=world.network.pk)


def _states(world, now):
    with everywhere(because="the test looks", at=now):
        found = Case.objects.select_related("patient").order_by("pk")
        return [case.state for case in found]


def test_a_run_that_proposes_only_places_nobody(queue, acting, now):
    _run(queue, acting, now, "none")

    assert _states(queue, now) == ["waiting", "waiting", "waiting", "claimed"]


def test_who_may_be_booked_is_placed_explained_and_told(queue, acting, now):
    _run(queue, acting, now, "safe")

    assert _states(queue, now) == ["booked", "waiting", "booked", "claimed"]
    with everywhere(because="the test looks", at=now):
        assert set(Booking.objects.values_list("method", flat=True)) == {"automatic"}
        assert all(one.chosen["reasons"] for one in RouteDecision.objects.all())
        assert Message.objects.filter(kind="confirmed").count() == 2
    assert (broken(at=now), past_limit(at=now)) == ([], [])
