"""Proposals from a real solver on a real database, decided by the patient's practice."""

import pytest

from appointments.models import Booking, ChangedDay, DayLoad
from networks.models import NetworkMember
from networks.queries import pool_of
from networks.tasks import rebalance, rebalance_changed
from practices import clock
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict, Forbidden
from tests.full_day import overfill, rebalanced
from triage import actions
from triage.models import Proposal, RebalanceRun
from triage.queries.snapshot import snapshot


@pytest.fixture
def over_limit(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return overfill(world, acting)


def _loads(world, now):
    with everywhere(because="the test looks", at=now):
        rows = DayLoad.objects.order_by("clinician_id").values_list(
            "clinician__user__username", "held", "booked", "logged"
        )
        return {name: sum(points) for name, *points in rows if sum(points)}


def _proposals(now, **filters):
    with everywhere(because="the test looks", at=now):
        return list(Proposal.objects.filter(**filters).order_by("id"))


def test_a_clinician_over_the_limit_gets_one_proposal_with_its_proof(over_limit, acting, now):
    run_id = rebalanced(over_limit, acting)

    (proposal,) = _proposals(now)
    with everywhere(because="the test looks", at=now):
        run = RebalanceRun.objects.get(pk=run_id)
        assert run.status == "done"
        assert run.result["proved"] is True
        assert run.result["excess_before"] == 10
        assert proposal.to_slot.hub_id == over_limit.hub.pk
        assert proposal.effects["giving"]["after"] == 20


def test_a_run_delivered_twice_proposes_nothing_more(over_limit, acting, now):
    run_id = rebalanced(over_limit, acting)
    rebalance(run_id=run_id, network_id=over_limit.network.pk)
    rebalanced(over_limit, acting)

    assert len(_proposals(now, state="open")) == 1


def test_what_changed_is_looked_at_once(over_limit, acting, now):
    looked_at = [rebalance_changed(), rebalance_changed()]

    assert looked_at == [1, 0]
    assert len(_proposals(now, state="open")) == 1


def test_an_accepted_move_brings_the_clinician_back_to_the_limit(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)

    perform(
        actions.accept,
        by=acting(over_limit, "practice_manager"),
        at=now,
        public_id=proposal.public_id,
    )

    assert _loads(over_limit, now) == {"gp_oak": 20, "clinician": 10}


def test_an_undone_move_leaves_the_day_as_it_was(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)
    manager = acting(over_limit, "practice_manager")
    perform(actions.accept, by=manager, at=now, public_id=proposal.public_id)

    perform(actions.undo, by=manager, at=now, public_id=proposal.public_id)

    assert _loads(over_limit, now) == {"gp_oak": 30}


def test_a_booking_that_changed_makes_the_proposal_stale(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)
    with everywhere(because="the test looks", at=now):
        public_id = Booking.objects.get(pk=proposal.booking_id).public_id
    perform(
        actions.cancel_booking,
        by=acting(over_limit, "receptionist"),
        at=now,
        public_id=public_id,
        because="patient_cancelled",
    )

    with pytest.raises(Conflict):
        perform(
            actions.accept,
            by=acting(over_limit, "practice_manager"),
            at=now,
            public_id=proposal.public_id,
        )


def test_only_the_patients_practice_decides(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)

    with pytest.raises(Forbidden):
        perform(
            actions.accept,
            by=acting(over_limit, "receptionist"),
            at=now,
            public_id=proposal.public_id,
        )


def test_a_declined_move_is_not_proposed_again(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)
    perform(
        actions.decline,
        by=acting(over_limit, "practice_manager"),
        at=now,
        public_id=proposal.public_id,
        reason="She only trusts Dr Oak",
    )

    rebalanced(over_limit, acting)

    declined = proposal.booking_id
    assert declined not in {one.booking_id for one in _proposals(now, state="open")}


def test_an_undo_never_fills_the_day_past_what_it_was(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)
    manager = acting(over_limit, "practice_manager")
    perform(actions.accept, by=manager, at=now, public_id=proposal.public_id)
    with everywhere(because="the day fills up", at=now):
        DayLoad.objects.filter(clinician__user__username="gp_oak").update(logged=10)

    with pytest.raises(Conflict, match="filled up since"):
        perform(actions.undo, by=manager, at=now, public_id=proposal.public_id)

    assert _loads(over_limit, now) == {"gp_oak": 30, "clinician": 10}


def test_a_place_somebody_has_is_kept_for_them_alone(over_limit, now):
    with everywhere(because="the test looks", at=now):
        found = snapshot(pool_of(over_limit.network.pk, at=now), at=now)
    taken = [slot for slot in found.instance.slots if slot.id not in found.slots]

    assert [slot.id for slot in taken] == [f"booked-{pk}" for pk in found.bookings]
    assert not any(slot.is_open_to(str(over_limit.oak.pk)) for slot in taken)


def test_a_slot_kept_for_others_since_makes_the_proposal_stale(over_limit, acting, now):
    rebalanced(over_limit, acting)
    (proposal,) = _proposals(now)
    with everywhere(because="the test's set-up", at=now):
        session = proposal.to_slot.session
        session.audience = {"organisations": ["ELM1"], "types": None}
        session.save()

    with pytest.raises(Conflict, match="not published"):
        perform(
            actions.accept,
            by=acting(over_limit, "practice_manager"),
            at=now,
            public_id=proposal.public_id,
        )


def test_a_former_members_changes_wake_nobody(over_limit, now):
    with everywhere(because="the test's set-up", at=now):
        ChangedDay.objects.exclude(organisation_id=over_limit.elm.pk).delete()
        NetworkMember.objects.filter(practice=over_limit.elm).update(until_on=now.date())

    assert rebalance_changed() == 0
