"""I undo a move while the desk next door books the old place: one of us has it, one is told."""

import pytest

from appointments.actions import bookings, putting_back
from appointments.models import Booking
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.invariants import broken
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, won
from triage import actions
from triage.actions.undoing_moves import undo_move
from triage.rules.codes import Need

pytestmark = pytest.mark.race
TAKING = [(bookings, "take_place"), (putting_back, "take_place")]


@pytest.fixture
def slot(committed_world):
    return committed_world.slots("gp_oak")[4]


@pytest.fixture
def moved(committed_world, acting, slot, now):
    """Zoë left the place a moment ago."""
    by = acting(committed_world, "receptionist")
    zoe = submitted(committed_world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    was = perform(actions.book, by=by, at=now, reference=zoe.reference, slot_id=slot.pk)
    to = committed_world.slots("gp_oak")[6].pk
    wish = {"public_id": str(was.public_id), "to_slot_id": to, "because": "patient_asked"}
    return perform(actions.move_booking, by=by, at=now, **wish)


def _race(world, acting, slot, moved, now):
    by = acting(world, "receptionist")
    tam = submitted(world, acting, "tam", Need.SORE_THROAT, at=now, red_flags_asked=True)

    def press(index):
        if index:
            return perform(actions.book, by=by, at=now, reference=tam.reference, slot_id=slot.pk)
        return perform(undo_move, by=by, at=now, public_id=moved.public_id)

    return at_once(2, press)


def test_one_has_the_place_and_nobody_is_without_one(
    committed_world, acting, slot, moved, now, meet
):
    meet(2, IN_VAIN, before=TAKING)

    answers = _race(committed_world, acting, slot, moved, now)

    with everywhere(because="the test looks", at=now):
        live = Booking.objects.filter(state="booked")
        there, zoe = live.filter(slot=slot).count(), live.filter(case_ref=moved.case_ref).count()
    assert (won(answers), there, zoe) == (1, 1, 1)
    assert codes(answers) == {"slot_taken"}
    assert broken(at=now) == []


def test_control_without_the_slots_lock_both_come_to_take_it(
    committed_world, acting, slot, moved, now, meet, monkeypatch
):
    """Then the unique index alone tells them apart."""
    meet(2, UNTIL_ALL, before=TAKING)
    monkeypatch.setattr(putting_back, "lock_places", lambda *_, **__: {})

    answers = _race(committed_world, acting, slot, moved, now)

    assert won(answers) == 1
