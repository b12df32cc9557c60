"""The patient's own link while somebody else's wish holds the case or changes the booking."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from appointments.models import Booking
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.conftest import as_owner
from tests.races.conftest import somebody_waits_for
from triage import actions
from triage.actions.own_links import own_link
from triage.rules.codes import Need

pytestmark = pytest.mark.race
RIGHT = {"born_on_day": "14", "born_on_month": "3", "born_on_year": "1985", "sure": "yes"}


@pytest.fixture
def booking(committed_world, acting, now, monkeypatch):
    """A place at the own practice, booked at the desk."""
    monkeypatch.setattr(clock, "now", lambda: now)
    case = submitted(committed_world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": committed_world.slots("gp_oak")[4].pk}
    return perform(actions.book, by=acting(committed_world, "receptionist"), at=now, **wish)


@pytest.fixture
def holder(booking):
    """Somebody else's open transaction."""
    owner = as_owner(settings.DATABASES["default"]["NAME"])
    owner.set_session(autocommit=False)
    yield owner
    owner.close()


def state_of(booking, now):
    with everywhere(because="the test looks", at=now):
        return Booking.objects.get(pk=booking.pk).state


def _cancels(booking):
    try:
        return Client().post(f"/triage/appointment/{own_link(booking.public_id)}/", RIGHT)
    finally:
        connections.close_all()


def test_a_busy_house_says_that_the_appointment_still_stands(booking, holder, now):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    held = "SELECT 1 FROM triage_case WHERE reference = %s FOR UPDATE"
    holder.cursor().execute(held, [booking.case_ref])
    answer = Client().post(f"/triage/appointment/{own_link(booking.public_id)}/", RIGHT)
    page = answer.content.decode()

    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert "Nothing was changed: if you have an appointment, you still have it." in page
    assert state_of(booking, now) == "booked"


def test_who_was_quicker_at_the_practice_sends_the_patient_to_the_phone(booking, holder, now):
    held = "SELECT 1 FROM appointments_slot WHERE id = %s FOR UPDATE"
    holder.cursor().execute(held, [booking.slot_id])
    with ThreadPoolExecutor(1) as hands:
        asked = hands.submit(_cancels, booking)
        somebody_waits_for(holder)
        changed = "UPDATE appointments_booking SET state = 'missed' WHERE id = %s"
        holder.cursor().execute(changed, [booking.pk])
        holder.commit()
        answer = asked.result()

    assert answer.status_code == 409
    assert "We did not cancel your appointment" in answer.content.decode()
    assert state_of(booking, now) == "missed"
