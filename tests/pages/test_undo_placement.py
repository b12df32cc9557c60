"""A place that Headroom gave by itself: the desk sees so, and undoes it while it may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from appointments.models import Booking
from practices import clock
from practices.doors import everywhere
from tests.crowded import booking_of
from tests.full_day import overfill
from tests.pages.markup import text_of
from triage.models import Case

BUTTON = "Undo the automatic placement"


@pytest.fixture
def placed(world, acting, now, monkeypatch):
    """Zoe's place came from the planner."""
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)
    booking = booking_of(world, "zoe")
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.filter(pk=booking.pk).update(method="automatic")
    return booking


@pytest.fixture
def desk(world):
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


def _page(desk, booking):
    return desk.get(reverse("triage:desk", args=[booking.case_ref]))


def _undo(desk, booking):
    address = reverse("triage:undo_placement", args=[booking.public_id])
    return text_of(desk.post(address, follow=True))


def _state(booking, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(reference=booking.case_ref).state


def test_the_desk_undoes_it_in_one_click(placed, desk, now):
    assert BUTTON in text_of(_page(desk, placed))

    assert "The automatic placement is undone" in _undo(desk, placed)
    assert _state(placed, now) == "waiting"


def test_after_fifteen_minutes_there_is_no_button_and_it_is_refused(placed, desk, now, monkeypatch):
    later = now + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert BUTTON not in text_of(_page(desk, placed))
    assert "can be undone for 15 minutes" in _undo(desk, placed)
    assert _state(placed, later) == "booked"


def test_what_a_person_booked_has_no_such_button(placed, desk, world):
    assert BUTTON not in text_of(_page(desk, booking_of(world, "tam")))
