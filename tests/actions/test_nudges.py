"""Every change of a day promises one look at it, in the change's own transaction."""

import pytest

from appointments.models import ChangedDay
from networks.tasks import rebalance_after
from practices import clock
from practices.actions import finish_work, set_limit, take_work
from practices.doors import everywhere, perform
from practices.models import OutboxItem
from practices.outbox import SETTLES_IN, look_again
from practices.rules.refusals import Conflict
from tests.cases import submitted
from tests.conftest import as_owner
from tests.full_day import overfill
from tests.world import SETUP
from triage import actions
from triage.models import Proposal, RebalanceRun
from triage.rules.codes import Need

LOOK = "networks.tasks.rebalance_after"


@pytest.fixture
def quiet(world, now):
    """The world with every earlier promise of a look kept."""
    with everywhere(because="the test's set-up", at=now):
        OutboxItem.objects.filter(task=LOOK).update(done_at=now)
    return world


def _looks(now):
    with everywhere(because="the test looks", at=now):
        found = OutboxItem.objects.filter(task=LOOK, done_at=None).order_by("id")
        return [item.payload["organisation_id"] for item in found]


def _booked(world, acting, now, who="zoe", slot=0):
    case = submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
    return perform(
        actions.book,
        by=acting(world, "receptionist"),
        at=now,
        reference=case.reference,
        slot_id=world.slots("gp_oak")[4 + slot].pk,
    )


def test_a_booking_promises_a_look_at_its_day(quiet, acting, now):
    _booked(quiet, acting, now)

    assert _looks(now) == [quiet.oak.pk]


def test_many_changes_of_one_day_promise_one_look(quiet, acting, now):
    booking = _booked(quiet, acting, now)
    _booked(quiet, acting, now, "tam", 1)
    desk = acting(quiet, "receptionist")
    cancelled = {"public_id": str(booking.public_id), "because": "patient_cancelled"}
    perform(actions.cancel_booking, by=desk, at=now, **cancelled)

    assert _looks(now) == [quiet.oak.pk]


def test_a_limit_changed_promises_a_look(quiet, now):
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            clinician_id=quiet.clinicians["gp_elm"].pk,
            points=100,
            from_on=now.date(),
            basis="back after illness",
            by=SETUP,
            at=now,
        )

    assert _looks(now) == [quiet.elm.pk]


def test_a_wish_that_is_refused_promises_nothing(quiet, acting, now):
    booking = _booked(quiet, acting, now)
    with everywhere(because="the test's set-up", at=now):
        OutboxItem.objects.filter(task=LOOK).update(done_at=now)

    def move_then_refuse(*, by, at):
        actions.cancel_booking(public_id=str(booking.public_id), because="error", by=by, at=at)
        raise Conflict("Not after all.")

    with pytest.raises(Conflict, match="Not after all"):
        perform(move_then_refuse, by=acting(quiet, "receptionist"), at=now)

    assert _looks(now) == []


def test_a_look_being_taken_is_not_enough_for_a_later_change(quiet, acting, now):
    _booked(quiet, acting, now)
    soon = now + SETTLES_IN
    taken = perform(take_work, by=SETUP, at=soon)
    while taken.task != LOOK:
        perform(finish_work, by=SETUP, at=soon, work_id=taken.id)
        taken = perform(take_work, by=SETUP, at=soon)

    _booked(quiet, acting, now, "tam", 1)

    assert _looks(now) == [quiet.oak.pk, quiet.oak.pk]


def test_the_look_finds_who_is_over_the_limit(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)

    for _ in range(3):
        rebalance_after(organisation_id=world.oak.pk)

    with everywhere(because="the test looks", at=now):
        assert Proposal.objects.filter(state="open").count() == 1
        assert RebalanceRun.objects.count() == 1
        assert not ChangedDay.objects.exists()


def test_a_practice_of_no_live_network_wakes_nobody(world, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with everywhere(because="the test's set-up", at=now):
        world.network.is_live = False
        world.network.save()

    rebalance_after(organisation_id=world.oak.pk)

    with everywhere(because="the test looks", at=now):
        assert RebalanceRun.objects.count() == 0


@pytest.mark.race
def test_a_promise_shared_by_an_open_change_is_not_taken(committed, committed_world, now):
    """The look may not happen before the change it was promised for can be seen."""
    with everywhere(because="the test's set-up", at=now):
        OutboxItem.objects.all().delete()
        look_again(organisation_id=committed_world.oak.pk, at=now)
    soon = now + SETTLES_IN
    change = as_owner(committed)
    change.autocommit = False
    try:
        with change.cursor() as cursor:
            cursor.execute("SELECT id FROM practices_outboxitem FOR SHARE")
        while_open = perform(take_work, by=SETUP, at=soon)
        change.commit()
    finally:
        change.close()

    assert while_open is None
    assert perform(take_work, by=SETUP, at=soon) is not None
