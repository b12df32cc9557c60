"""Two take-overs at once, and a case that changes hands while its supervisor leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections

from appointments.actions import SessionWish, bookings, publish_session
from practices.clock import on
from practices.doors import everywhere, perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from tests.conftest import as_owner
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, somebody_waits_for, won
from tests.teams import joined, supervised
from tests.world import SETUP
from triage import actions
from triage.actions import supervising
from triage.models import Case
from triage.rules.codes import Need

pytestmark = pytest.mark.race
NURSES = tuple(f"nurse_{number}" for number in range(5))
COUNT = [(supervising, "check_may_supervise")]


@pytest.fixture
def second(committed_world, acting, now):
    """Five nurses are here, their supervisor has left, and another one has taken over three."""
    world = committed_world
    joined(world, "second", role="supervisor", profession="gp")
    for name in NURSES:
        nurse = joined(world, name, role="clinician", profession="nurse")
        wish = SessionWish(
            clinician_id=nurse.pk,
            site_id=world.sites[world.hub.pk].pk,
            starts_at=on(now.date(), 9),
            ends_at=on(now.date(), 13),
            hub_id=world.hub.pk,
            practice_id=None,
        )
        with everywhere(because="the test's set-up", at=now):
            publish_session(wish=wish, by=SETUP, at=now - timedelta(days=1))
    supervised(world, *NURSES)
    perform(supervising.leave_supervision, by=acting(world, "supervisor"), at=now)
    by = acting(world, "second")
    for name in NURSES[:3]:
        perform(supervising.take_over, by=by, at=now, clinician_id=world.clinicians[name].pk)
    return by


def _two_at_once(world, by, now):
    ids = [world.clinicians[name].pk for name in NURSES[3:]]
    return at_once(2, lambda i: perform(supervising.take_over, by=by, at=now, clinician_id=ids[i]))


def test_nobody_takes_over_a_fifth_at_the_same_moment(committed_world, second, now, meet):
    meet(2, IN_VAIN, after=COUNT)

    answers = _two_at_once(committed_world, second, now)

    assert (won(answers), codes(answers)) == (1, {"supervision"})


def test_control_without_the_lock_both_are_taken_over(
    committed_world, second, now, meet, monkeypatch
):
    meet(2, UNTIL_ALL, after=COUNT)
    monkeypatch.setattr(supervising, "_one_at_a_time", lambda _hub_id: None)

    assert won(_two_at_once(committed_world, second, now)) == 2


def _in_a_thread(wish, by, now, **what):
    try:
        return perform(wish, by=by, at=now, **what)
    except Refused as refusal:
        return refusal
    finally:
        connections.close_all()


def test_a_case_that_found_another_owner_stays_theirs(committed_world, acting, now):
    world = committed_world
    supervised(world, "clinician")
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    other = world.clinicians["duty"].pk
    owner = as_owner(settings.DATABASES["default"]["NAME"])
    owner.set_session(autocommit=False)
    try:
        taken = "UPDATE triage_case SET claimed_by_id = %s WHERE id = %s"
        owner.cursor().execute(taken, [other, case.pk])
        with ThreadPoolExecutor(1) as hands:
            leaving = hands.submit(
                _in_a_thread, supervising.leave_supervision, acting(world, "supervisor"), now
            )
            somebody_waits_for(owner)
            owner.commit()
            left = leaving.result()
    finally:
        owner.close()

    with everywhere(because="the test looks", at=now):
        kept = Case.objects.get(pk=case.pk)
    assert (left.cases, kept.state, kept.claimed_by_id) == (0, "claimed", other)


def _booked_while_the_supervisor_leaves(world, acting, now):
    """The desk waits for the slot of its hold; when it has it, the supervisor has left."""
    supervised(world, "clinician")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot, desk = world.slots("clinician")[2], acting(world, "receptionist")
    wish = {"reference": case.reference, "slot_id": slot.pk}
    perform(actions.hold, by=desk, at=now, **wish)
    owner = as_owner(settings.DATABASES["default"]["NAME"])
    owner.set_session(autocommit=False)
    try:
        owner.cursor().execute("SELECT FROM appointments_slot WHERE id = %s FOR UPDATE", [slot.pk])
        with ThreadPoolExecutor(1) as hands:
            booking = hands.submit(_in_a_thread, actions.book, desk, now, **wish)
            somebody_waits_for(owner)
            perform(supervising.leave_supervision, by=acting(world, "supervisor"), at=now)
            owner.commit()
            return booking.result()
    finally:
        owner.close()


def test_a_hold_is_not_booked_into_a_list_that_paused_since(committed_world, acting, now):
    answer = _booked_while_the_supervisor_leaves(committed_world, acting, now)

    assert codes([answer]) == {"supervision"}


def test_control_unasked_the_hold_is_booked_with_whom_nobody_supervises(
    committed_world, acting, now, monkeypatch
):
    monkeypatch.setattr(bookings, "check_not_paused", lambda _slot: None)

    assert won([_booked_while_the_supervisor_leaves(committed_world, acting, now)]) == 1
