"""What was known of a booking when it was made goes with it to its new place."""

import pytest

from appointments.actions import move
from appointments.models import Booking
from practices.doors import everywhere
from practices.rules.reach import clockwork
from tests.full_day import overfill

MACHINE = clockwork("the test")


@pytest.fixture
def planned(world, acting, now):
    """A machine's booking with the practice's meter of that moment."""
    overfill(world, acting)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(method="automatic", meter={"contacts": 7})
        return Booking.objects.order_by("pk").first()


def _moved(world, booking, by, now):
    wish = {"booking_id": booking.pk, "to_slot_id": world.slots("supervisor_pm")[0].pk}
    wish |= {"because": "rebalanced", "is_urgent": False, "overflow_reason": "own_full"}
    with everywhere(because="the test moves", at=now):
        made = move(**wish, by=by, at=now)
        return made.to_booking


def test_a_machine_s_move_keeps_method_and_meter(world, planned, now):
    new = _moved(world, planned, MACHINE, now)

    assert (new.method, new.meter) == ("automatic", {"contacts": 7})


def test_what_a_person_moves_is_no_longer_a_machine_s(world, planned, acting, now):
    new = _moved(world, planned, acting(world, "receptionist"), now)

    assert (new.method, new.meter) == ("phone", {"contacts": 7})
