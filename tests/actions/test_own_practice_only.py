"""Who wants to be seen at the own practice: found another place there, and nowhere else."""

import pytest

from appointments.actions import SessionWish, publish_session
from appointments.models import Booking
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Patient
from tests.full_day import overfill, rebalanced
from tests.invariants import broken
from tests.world import SETUP
from triage.actions.gone_home import go_home
from triage.models import Proposal, Rehoming
from triage.tasks import rehome


@pytest.fixture
def full(world, acting, now, monkeypatch):
    """Dr Oak has three patients this afternoon and room for two; all decline the hub."""
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.update(declines_hub=True)
    return world


def _colleague(world, now):
    """Another GP of the practice works from five: so late that a plan would rather use the hub."""
    wish = SessionWish(
        clinician_id=world.clinicians["duty"].pk,
        site_id=world.sites[world.oak.pk].pk,
        starts_at=on(now.date(), 17),
        ends_at=on(now.date(), 18),
        practice_id=world.oak.pk,
        hub_id=None,
    )
    with everywhere(because="the test's set-up", at=now):
        publish_session(wish=wish, by=SETUP, at=now)


def _gone(world, acting, now):
    left = perform(
        go_home,
        by=acting(world, "receptionist"),
        at=now,
        clinician_id=world.clinicians["gp_oak"].pk,
        from_at=on(now.date(), 12),
        reason="unwell",
    )
    rehome(gone_home_id=left.pk)
    with everywhere(because="the test looks", at=now):
        return sorted(Rehoming.objects.values_list("outcome", flat=True))


def test_whose_clinician_goes_home_is_placed_with_a_colleague(full, acting, now):
    _colleague(full, now)

    assert _gone(full, acting, now) == ["placed"] * 3
    with everywhere(because="the test looks", at=now):
        places = Booking.objects.filter(state="booked").values_list("practice_id", "hub_id")
        assert list(places) == [(full.oak.pk, None)] * 3
    assert broken(at=now) == []


def test_where_only_the_hub_is_free_they_wait_with_an_owner(full, acting, now):
    assert "placed" not in _gone(full, acting, now)


def test_a_move_within_the_practice_is_proposed(full, acting, now):
    _colleague(full, now)
    rebalanced(full, acting)

    with everywhere(because="the test looks", at=now):
        (to,) = Proposal.objects.values_list("to_slot__practice", "to_slot__hub")
    assert to == (full.oak.pk, None)


def test_a_move_to_the_hub_is_not(full, acting, now):
    rebalanced(full, acting)

    with everywhere(because="the test looks", at=now):
        assert not Proposal.objects.exists()
