"""The desk's landing page: the one box, and the day (U44)."""

import pytest
from django.test import Client

from practices import clock
from practices.doors import opened
from practices.models import AuditEntry
from tests.cases import filled_queue, submitted
from triage.rules.codes import Need

DESK = "/triage/reception/"


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def looks(world, acting, now):
    """Who was seen on which page, in order."""

    def found():
        with opened(acting(world, "receptionist").reach, at=now):
            rows = AuditEntry.objects.filter(verb="patient.viewed").order_by("id")
            return [(row.facts["page"], row.facts["patients"]) for row in rows]

    return found


def search(desk, typed, **headers):
    """The answer, or the list it leads to."""
    answer = desk.post(DESK, {"sought": typed}, **headers)
    is_list = answer.status_code == 302 and "?found=" in answer["Location"]
    return desk.get(answer["Location"]) if is_list else answer


def test_the_day_says_who_waits_and_what_is_left(desk, world, acting, now, looks):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    page = desk.get(DESK).content.decode()

    assert f'href="/triage/desk/{case.reference}/"' in page
    assert "Waiting: Riverside hub, queue" in page
    assert "12 free, next 10am" in page
    assert "20 of our share of 20 left" in page
    assert looks() == [("reception", [world.patients["zoe"].pk])]


def test_a_day_without_patients_leaves_no_line_of_who_looked(desk, looks):
    page = desk.get(DESK).content.decode()

    assert "Nobody of our practice waits." in page
    assert looks() == []


def test_the_number_who_wait_is_true_though_only_the_most_urgent_are_listed(
    desk, world, now, monkeypatch
):
    """U09."""
    filled_queue(world, 4, at=now)
    monkeypatch.setattr("triage.queries.reception.SHOWN", 3)

    page = desk.get(DESK).content.decode()

    assert "Waiting (4)" in page
    assert page.count("Waiting: Riverside hub, queue") == 3
    assert "These are the 3 most urgent. Search for anybody else by name." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_day_costs_the_same_however_many_wait(
    desk, world, acting, now, rows, django_assert_num_queries
):
    filled_queue(world, rows, at=now)

    with django_assert_num_queries(26):
        desk.get(DESK)


def test_namesakes_are_told_apart_and_nobody_else_s_patient_is_found(desk, world, looks):
    page = search(desk, "oneil").content.decode()

    assert page.count("Another patient with this name") == 2
    assert "14 March 1985 (41 years)" in page
    assert "2 July 2001 (25 years)" in page
    assert "2 Invented Street" in page
    seen = sorted([world.patients["zoe"].pk, world.patients["zoe_namesake"].pk])
    assert looks() == [("search", seen)]


def test_a_hit_shows_open_requests_and_access_needs(desk, world, acting, now):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)

    page = search(desk, "nguyen").content.decode()

    assert f'href="/triage/desk/{case.reference}/"' in page
    assert "Skin or rash, waiting" in page


@pytest.mark.parametrize("typed", ["999 000 0018", "o'neil 14/3/1985", "ONeil 14 March 1985"])
def test_a_sure_hit_opens_the_patient_at_once(desk, world, typed):
    answer = search(desk, typed)

    assert answer.status_code == 302
    assert answer["Location"] == f"/triage/patients/{world.patients['zoe'].public_id}/new/"


def test_a_reference_opens_its_case(desk, world, acting, now):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    assert search(desk, case.reference.lower())["Location"] == f"/triage/desk/{case.reference}/"


def test_a_reference_of_another_practice_is_as_absent_as_none(desk, world, acting, now):
    case = submitted(world, acting, "ellen", Need.SKIN_RASH, at=now)

    page = search(desk, case.reference).content.decode()

    assert f"There is no case {case.reference} here. Check each letter" in page


@pytest.mark.parametrize("typed", ["brook", "9990000050", "ellen 31/1/1979"])
def test_a_patient_of_another_practice_is_not_found(desk, typed, looks):
    page = search(desk, typed).content.decode()

    assert "Nobody on our list fits" in page
    assert looks() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a name, a date of birth or an NHS number"),
        ("943 476 5910", "943 476 5910 is not a valid NHS number. Check each digit"),
        ("oneil 10/11/27", "Year must include 4 numbers"),
        ("oneil 31/2/1990", "Date must be a real date"),
        ("<script>alert(1)</script> 31/2/1990", "Enter a name without “&lt;”, a date of birth"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_box_and_kept(desk, typed, sentence):
    page = search(desk, typed).content.decode()

    assert "<title>Error: Reception" in page
    assert page.count(sentence) == 2
    assert 'href="#id_sought"' in page
    assert "<script>alert" not in page


def test_while_somebody_types_only_the_hits_come_back(desk):
    typed = search(desk, "onei", headers={"hx-request": "true"}).content.decode()
    started = search(desk, "o", headers={"hx-request": "true"}).content.decode()

    assert "2 patients fit." in typed
    assert "<html" not in typed
    assert started.strip() == ""


def test_nothing_about_the_patient_is_kept_in_the_session(desk):
    search(desk, "999 000 0018")

    mine = {"_auth_user_id", "_auth_user_backend", "_auth_user_hash", "membership"}
    clockwork = {"since", "last"}
    assert set(desk.session.keys()) <= mine | clockwork
