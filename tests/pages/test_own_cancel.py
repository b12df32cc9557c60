"""The patient's own link: guessed by nobody, silent at first, and back to a clinician."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from appointments.models import Booking
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.actions.own_links import own_link
from triage.models import Case, OwnCancelTry
from triage.rules import own_cancel as rule
from triage.rules.codes import Need

RIGHT = {"born_on_day": "14", "born_on_month": "3", "born_on_year": "1985"}
SURE = RIGHT | {"sure": "yes"}
WRONG = RIGHT | {"born_on_year": "1986"}


@pytest.fixture
def reading(monkeypatch, now):
    """What the application's clock reads; a test may put it on."""
    told = [now]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


@pytest.fixture
def booking(world, acting, now, reading):
    """A place at the own practice, booked at the desk."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    return perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)


@pytest.fixture
def address(booking):
    return f"/triage/appointment/{own_link(booking.public_id)}/"


@pytest.fixture
def patient():
    """Nobody is signed in."""
    return Client()


def state_of(booking, now):
    with everywhere(because="the test looks", at=now):
        return Booking.objects.get(pk=booking.pk).state, Case.objects.get().state


def said_by(answer, address):
    """The page without what chance wrote: tokens, and the link itself, may spell any name."""
    page = answer.content.decode().replace(address, "")
    return re.sub(r"""(nonce|value)=["'][\w+/=-]{16,}["']""", "", page)


def test_nothing_of_the_patient_is_said_before_the_birth_date(patient, address, booking):
    asked = patient.get(address)
    wrong = patient.post(address, WRONG)

    for page in (said_by(asked, address), said_by(wrong, address)):
        for what in ("Neil", "Zo", "999 000", "99900", "Oak", "throat", "11am", booking.case_ref):
            assert what not in page
    assert asked["Cache-Control"] == "no-store"
    assert asked["Referrer-Policy"] == "same-origin"


def test_the_right_birth_date_names_the_appointment_and_asks_once(patient, address, booking, now):
    page = patient.post(address, RIGHT).content.decode()

    assert "Do you want to cancel this appointment?" in page
    assert "<strong>11am today, at Oak Surgery, 1 Invented Street</strong>" in page
    assert "You cannot undo this" in page
    assert "Neil" not in page
    assert state_of(booking, now) == ("booked", "booked")


def test_whoever_says_they_are_sure_still_needs_the_birth_date(patient, address, booking, now):
    page = patient.post(address, WRONG | {"sure": "yes"}).content.decode()

    assert "That is not the date of birth we have" in page
    assert "11am" not in page
    assert state_of(booking, now) == ("booked", "booked")


def test_the_right_birth_date_cancels_and_a_clinician_looks(
    patient, address, booking, world, acting, now
):
    page = patient.post(address, SURE).content.decode()

    assert "Your appointment is cancelled" in page
    assert state_of(booking, now) == ("cancelled", "waiting")
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
        assert Message.objects.order_by("-id")[0].kind == "cancelled"
    assert (case.bookable_now, case.urgency_status) == (False, "provisional")
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[5].pk}
    with pytest.raises(Refused, match="The patient cancelled: a clinician looks first"):
        perform(actions.hold, by=acting(world, "receptionist"), at=now, **wish)


def test_pressed_twice_it_is_cancelled_once(patient, address, booking, now):
    patient.post(address, SURE)
    again = patient.post(address, SURE)

    assert again.status_code == 404
    assert "This link does not work any more" in again.content.decode()
    with everywhere(because="the test looks", at=now):
        assert Message.objects.filter(kind="cancelled").count() == 1


def test_after_five_wrong_dates_the_right_one_is_not_read_for_an_hour(
    patient, address, booking, now, reading
):
    for _ in range(rule.TRIES):
        assert "not the date of birth" in patient.post(address, WRONG).content.decode()
    shut = patient.post(address, SURE).content.decode()
    before = state_of(booking, now)
    reading[0] = now + timedelta(minutes=61)
    patient.post(address, SURE)

    assert "Too many tries" in shut
    assert "in an hour, or call your practice now. Nothing was changed." in shut
    assert "<form" not in shut
    assert before == ("booked", "booked")
    assert state_of(booking, now) == ("cancelled", "waiting")


def test_after_fifteen_wrong_dates_nobody_is_told_to_try_again(patient, address, booking, now):
    with everywhere(because="the test tries yesterday", at=now):
        for _ in range(rule.TRIES_EVER):
            OwnCancelTry.objects.create(booking=booking, at=now - timedelta(days=1))
    shut = patient.post(address, SURE).content.decode()

    assert "This link does not work any more. Call your practice to cancel" in shut
    assert "try again" not in shut
    assert "<form" not in shut


def test_control_without_the_count_a_guesser_gets_in(patient, address, booking, now, monkeypatch):
    monkeypatch.setattr("triage.actions.own_cancel.may_try", lambda *_: True)
    for _ in range(rule.TRIES):
        patient.post(address, WRONG)

    patient.post(address, SURE)

    assert state_of(booking, now) == ("cancelled", "waiting")


@pytest.mark.parametrize(
    ("lately", "ever", "may"), [(0, 0, True), (4, 14, True), (5, 5, False), (0, 15, False)]
)
def test_how_often_may_be_tried(lately, ever, may):
    assert rule.may_try(lately, ever) is may


def test_a_link_we_did_not_sign_answers_like_one_that_is_over(patient, booking):
    forged = patient.get(f"/triage/appointment/{booking.public_id}:forged/")
    bare = patient.get(f"/triage/appointment/{booking.public_id}/")

    assert (forged.status_code, bare.status_code) == (404, 404)
    assert patient.post(f"/triage/appointment/{booking.public_id}/", SURE).status_code == 404


def test_an_appointment_that_has_begun_is_not_cancelled_by_link(
    patient, address, booking, now, reading
):
    reading[0] = booking.starts_at

    assert patient.post(address, SURE).status_code == 404
    assert state_of(booking, now) == ("booked", "booked")


def test_what_is_missing_is_said(patient, address):
    assert patient.post(address, {}).content.decode().count("Enter your date of birth") == 2


@pytest.mark.parametrize("way", ["text", "email", "letter", "voice"])
def test_the_confirmation_holds_the_link_where_it_can_be_pressed(world, acting, now, settings, way):
    """It leads to the page whatever host was asked; by letter and by voice there is none."""
    settings.PATIENT_SITE = "https://patients.example.org"
    with everywhere(because="the test's set-up", at=now):
        zoe = world.patients["zoe"]
        zoe.email = "zoe@example.com"
        zoe.access_needs = {"email": ["no_text"], "letter": ["large_print"]}.get(way, [])
        zoe.save()
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(safe_to_text=way != "voice")
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}

    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    with everywhere(because="the test looks", at=now):
        body = Message.objects.get(kind="confirmed").body
        booking = Booking.objects.get(state="booked")
    link = f"https://patients.example.org/triage/appointment/{own_link(booking.public_id)}/"
    assert (link in body) is (way in ("text", "email"))
    if link in body:
        page = Client().get(link.removeprefix("https://patients.example.org"))
        assert page.status_code == 200


@pytest.mark.parametrize("site", ["", "https://patients.example.org"])
def test_the_desk_shows_the_address_patients_reach_and_never_the_one_asked(
    world, acting, now, settings, site
):
    """I93."""
    settings.PATIENT_SITE = site
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    booking = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    desk = Client()
    desk.force_login(world.users["receptionist"])

    page = desk.get(f"/triage/desk/{case.reference}/").content.decode()

    link = f"/triage/appointment/{own_link(booking.public_id)}/"
    assert (f">{site}{link}<" in page) is bool(site)
    assert "testserver" not in page


def test_nobody_reads_the_link_aloud(world, acting, now, settings, reading):
    """The text with the link failed; a person rings with the same words, without it."""
    settings.PATIENT_SITE = "https://patients.example.org"
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    with everywhere(because="the test's set-up", at=now):
        text = Message.objects.filter(kind="confirmed")
        text.update(state="failed", trouble="broken", to_tell_since=now)
        assert "You can cancel here: https://" in text.get().body
    desk = Client()
    desk.force_login(world.users["receptionist"])

    for page in ("/triage/messages/", f"/triage/desk/{case.reference}/"):
        shown = desk.get(page).content.decode()
        assert "If you cannot come, call your practice." in shown
        assert "You can cancel here" not in shown
