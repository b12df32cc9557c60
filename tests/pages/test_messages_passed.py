"""Messages whose time has passed: nobody rings about them, and the page says so."""

from datetime import timedelta

import pytest
from django.test import Client

from practices import clock
from practices.actions import tell
from practices.doors import everywhere
from practices.models import Message
from tests.cases import submitted
from tests.world import SETUP
from triage.models import Case
from triage.rules.codes import Need

LIST = "/triage/messages/"
LANDLINE = "01632 960001"
COMING, PASSED = timedelta(hours=3), timedelta(minutes=-1)


@pytest.fixture
def tells(world):
    """A message of this kind about an appointment so far from now, that only a person can say."""

    def told(kind, off, *, phone=LANDLINE, who="zoe", case="HR-1", at=None):
        starts_at = world.at + off
        with everywhere(because="the test tells", at=world.at):
            return tell(
                kind,
                patient=world.patients[who],
                case=case,
                phone=phone,
                starts_at=starts_at,
                due_at=starts_at,
                place="Oak Surgery",
                by=SETUP,
                at=at or world.at - timedelta(hours=1),
            )

    return told


@pytest.fixture
def listed(world, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    desk = Client()
    desk.force_login(world.users["receptionist"])

    def page():
        return desk.get(LIST).content.decode()

    return page


@pytest.mark.parametrize(
    ("kind", "off", "is_work"),
    [
        ("confirmed", COMING, True),
        ("confirmed", PASSED, False),
        ("changed", PASSED, False),
        ("cancelled", PASSED, False),
        ("received", COMING, True),
        ("received", PASSED, False),
        # They may wait at the door or beside the phone: they are told as long as the day lasts.
        ("displaced", PASSED, True),
        ("displaced", timedelta(days=-1), False),
        # That we are sorry, or that it is complete, never gets old.
        ("late", PASSED, True),
        ("closed", PASSED, True),
    ],
)
def test_what_has_passed_is_no_work(tells, listed, kind, off, is_work):
    tells(kind, off)

    page = listed()

    heading = "1 message to pass on" if is_work else "No messages to pass on"
    assert f">{heading}</h1>" in page
    assert page.count("I have told them") == int(is_work)


def test_what_came_too_late_today_is_named_and_only_today(tells, listed):
    tells("confirmed", PASSED)
    tells("confirmed", timedelta(days=-1), case="HR-2")

    page = listed()

    assert page.count("Appointment: the time of the appointment has passed.") == 1


def test_a_promise_is_not_read_out_to_who_has_an_appointment(tells, listed):
    tells("received", COMING)
    tells("confirmed", COMING)

    page = listed()

    assert ">1 message to pass on</h1>" in page
    assert "Your appointment is at 12:30pm" in page


def test_a_promise_stands_again_once_the_appointment_is_taken_back(tells, listed):
    tells("received", COMING)
    taken_back = tells("confirmed", COMING)
    with everywhere(because="the test takes it back", at=taken_back.queued_at):
        Message.objects.filter(pk=taken_back.pk).update(state="superseded", to_tell_since=None)

    assert "You will hear from us by 12:30pm." in listed()


def test_reminders_are_counted_apart(tells, listed):
    tells("reminder", COMING)
    tells("reminder", COMING, who="tam", case="HR-2", phone="")

    page = listed()

    assert ">No messages to pass on</h1>" in page
    assert "And 1 reminder, if there is time." in page


def test_what_is_needed_soonest_is_seen_however_many_wait(tells, listed, monkeypatch):
    monkeypatch.setattr("practices.queries.to_tell.SHOWN", 2)
    for case in ("HR-2", "HR-3", "HR-4"):
        tells("closed", COMING, case=case)
    tells("displaced", timedelta(minutes=20))

    page = listed()

    assert ">The 2 messages needed soonest</h1>" in page
    assert "cannot go ahead" in page


@pytest.mark.parametrize("is_safe", [True, False])
def test_one_tap_dials_whom_one_may_ring(tells, listed, world, acting, now, is_safe):
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(safe_to_call=is_safe, phone="+441632960001")
    tells("closed", COMING, case=case.reference)

    page = listed()

    assert page.count('href="tel:+441632960001"') == int(is_safe)
    assert ("Nobody can ring them: find another way" in page) is not is_safe
