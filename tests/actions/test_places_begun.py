"""No place is held, booked or moved once it has begun, or while a clinician has the case."""

from datetime import timedelta

import pytest

from appointments.actions import SessionWish, publish_session
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import submitted
from tests.world import SETUP
from triage import actions
from triage.actions.attending import arrive, attend, miss
from triage.rules.codes import Need

BEGUN = "This appointment has already started"


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


@pytest.fixture
def desk(world, acting, case):
    """`desk(action, at, **wish)` is the practice's receptionist doing so for the case."""

    def does(action, at, **wish):
        return perform(action, by=acting(world, "receptionist"), at=at, **wish)

    return does


@pytest.fixture
def booked(world, case, desk, now):
    slot = world.slots("gp_oak")[0]
    return desk(actions.book, now, reference=case.reference, slot_id=slot.pk)


@pytest.mark.parametrize("action", [actions.hold, actions.book])
def test_what_has_begun_is_given_to_nobody(action, world, case, desk):
    slot = world.slots("gp_oak")[0]

    with pytest.raises(Refused, match=BEGUN):
        desk(action, slot.starts_at, reference=case.reference, slot_id=slot.pk)


def test_what_has_begun_while_it_was_held_is_not_booked(world, case, desk):
    slot = world.slots("gp_oak")[0]
    before = slot.starts_at - timedelta(minutes=1)
    held = desk(actions.hold, before, reference=case.reference, slot_id=slot.pk)

    with pytest.raises(Refused, match=BEGUN):
        desk(
            actions.book,
            slot.starts_at,
            reference=case.reference,
            hold_id=str(held.public_id),
        )


def test_what_has_begun_is_not_moved_away_from(world, booked, desk):
    wish = {"public_id": str(booked.public_id), "because": "patient_asked"}
    later = world.slots("gp_oak")[3]

    with pytest.raises(Refused, match=BEGUN):
        desk(actions.move_booking, booked.starts_at, to_slot_id=later.pk, **wish)


def test_nobody_is_moved_to_what_has_begun(world, case, desk, now):
    begun, later = world.slots("gp_oak")[0], world.slots("gp_oak")[3]
    booking = desk(actions.book, now, reference=case.reference, slot_id=later.pk)
    wish = {"public_id": str(booking.public_id), "because": "patient_asked"}

    with pytest.raises(Refused, match=BEGUN):
        desk(actions.move_booking, begun.starts_at, to_slot_id=begun.pk, **wish)


@pytest.mark.parametrize("action", [actions.hold, actions.book])
def test_the_desk_finds_no_place_for_whom_a_clinician_has(action, world, acting, case, desk, now):
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    slot = world.slots("gp_oak")[0]

    with pytest.raises(Refused, match="A clinician is looking after this case now"):
        desk(action, now, reference=case.reference, slot_id=slot.pk)


def test_nobody_is_missed_before_the_time(booked, desk, now):
    with pytest.raises(Refused, match="has not started yet"):
        desk(miss, now, public_id=str(booked.public_id))


@pytest.mark.parametrize("step", [arrive, attend, miss])
def test_what_was_cancelled_is_neither_kept_nor_missed(step, booked, desk, now):
    wish = {"public_id": str(booked.public_id)}
    desk(actions.cancel_booking, now, because="patient_asked", **wish)

    with pytest.raises(Conflict, match="This booking is already cancelled"):
        desk(step, booked.starts_at, **wish)


def test_nobody_is_moved_to_who_may_not_treat_them(world, booked, desk, now):
    starts = now + timedelta(hours=2)
    wish = SessionWish(
        clinician_id=world.clinicians["physio"].pk,
        site_id=world.sites[world.hub.pk].pk,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        hub_id=world.hub.pk,
        practice_id=None,
    )
    with everywhere(because="the test's set-up", at=now):
        session = publish_session(wish=wish, by=SETUP, at=now)
        slot = session.slots.order_by("pk")[0]
    move = {"public_id": str(booked.public_id), "because": "patient_asked"}

    with pytest.raises(Refused, match="outside their scope"):
        desk(actions.move_booking, now, to_slot_id=slot.pk, **move)
