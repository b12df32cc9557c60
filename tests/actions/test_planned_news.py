"""News of appointments planned ahead, of which one patient may have several."""

import pytest

from appointments import actions as appointments
from appointments.models import Booking
from practices.doors import everywhere, perform
from practices.models import Message
from tests.cases import submitted
from tests.world import SETUP
from triage import actions
from triage.actions.telling import tell_of
from triage.rules.codes import Need


@pytest.fixture
def planned(world, acting, now):
    """Zoë's two appointments that came from no case, and two free slots."""
    slots = world.slots("gp_oak")
    by = acting(world, "receptionist")
    for who, slot in (("zoe", slots[-1]), ("tam", slots[-3])):
        case = submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
        perform(actions.book, reference=case.reference, slot_id=slot.pk, by=by, at=now)
    with everywhere(because="the test's set-up", at=now):
        zoe = world.patients["zoe"]
        Booking.objects.update(case_ref="", patient=zoe, person_key=zoe.person_key)
        bookings = list(Booking.objects.select_related("patient", "slot").order_by("starts_at"))
        yield bookings, slots[-6:-4]


def _tell(booking, now):
    tell_of(booking, None, "changed", by=SETUP, at=now)


def _states():
    found = Message.objects.filter(kind="changed").order_by("pk")
    return list(found.values_list("state", flat=True))


def test_news_of_one_leaves_the_news_of_the_other(planned, now):
    bookings, _ = planned
    for booking in bookings:
        _tell(booking, now)

    assert _states() == ["queued", "queued"]


def test_moved_again_an_appointment_is_still_the_same(planned, now):
    (first, second), free = planned
    _tell(first, now)
    _tell(second, now)

    for slot in free:
        moved = appointments.move(
            booking_id=first.pk,
            to_slot_id=slot.pk,
            because="session_changed",
            is_urgent=False,
            by=SETUP,
            at=now,
        )
        first = moved.to_booking
        _tell(first, now)

    assert _states() == ["superseded", "queued", "superseded", "queued"]
