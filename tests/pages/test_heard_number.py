"""A ticked flag waits for nothing that is typed wrong: the number is kept as it was heard."""

import pytest
from django.test import Client

from practices.doors import everywhere
from tests.pages.test_calling import ADULTS_MOTHER, NEIGHBOUR, asks, desk, newest, page_of
from triage.models import Note

__all__ = ["desk"]
FLAGGED = {"none_said": "", "red_flags": "stroke"}
SEEN = {"authority_on_day": "1", "authority_on_month": "2", "authority_on_year": "2026"}
HEARD = "0770 90"
ASK = f"Nobody can ring the number they gave, “{HEARD}”: ask for it again"


def test_a_number_nobody_can_ring_holds_up_no_emergency_and_is_asked_again(desk, world, now):
    asks(desk, world.patients["zoe"], phone=HEARD, **FLAGGED)

    case = newest(now)
    assert (case.urgency, case.heard_phone) == (0, HEARD)
    assert case.phone == world.patients["zoe"].phone  # The record's own can still be rung.
    page = page_of(desk, case)
    assert ASK in page
    assert f'value="{HEARD}"' in page
    clinic = Client()
    clinic.force_login(world.users["clinician"])
    assert ASK in clinic.get(f"/triage/cases/{case.reference}/").content.decode()


def test_once_it_is_given_again_nobody_asks(desk, world, now):
    asks(desk, world.patients["zoe"], phone=HEARD, **FLAGGED)
    case = newest(now)

    desk.post(f"/triage/desk/{case.reference}/number/", {"phone": "07700 900555"})

    kept = newest(now)
    assert (kept.phone, kept.heard_phone) == ("+447700900555", "")
    assert "ask for it again" not in page_of(desk, case)


@pytest.mark.parametrize("again", [{}, {"phone": ""}, {"phone": "07700 900555"}])
def test_calling_again_keeps_what_was_heard_until_there_is_a_number(desk, world, now, again):
    asks(desk, world.patients["zoe"], phone=HEARD, **FLAGGED)

    asks(desk, world.patients["zoe"], words="Worse", **{"phone": HEARD} | again | FLAGGED)

    assert newest(now).heard_phone == ("" if again.get("phone") else HEARD)


def test_the_number_of_who_has_no_right_is_not_the_patients(desk, world, now):
    asks(desk, world.patients["zoe"], phone=HEARD, **NEIGHBOUR | FLAGGED)

    assert newest(now).heard_phone == ""
    with everywhere(because="the test looks", at=now):
        assert f"own number: {HEARD}" in Note.objects.get(kind="caller").text


def test_without_a_flag_the_number_is_asked_for_as_before(desk, world):
    assert "Enter a phone number, like" in asks(desk, world.patients["zoe"], phone="12")


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "x" * 501},
        {"email": "nobody"},
        {"phone": "7" * 300},
        {"phone": "07700 900123\0"},
        ADULTS_MOTHER | {"caller_name": "M" * 81},
        ADULTS_MOTHER | {"caller_name": "?"},
        ADULTS_MOTHER | {"caller_authority": "parental"},
        ADULTS_MOTHER | SEEN | {"authority_on_day": "31"},
        ADULTS_MOTHER | SEEN | {"authority_on_year": "2199"},
    ],
)
def test_nothing_else_that_is_wrong_holds_it_up(desk, world, now, wrong):
    before = world.patients["zoe"].email

    assert asks(desk, world.patients["zoe"], **wrong | FLAGGED).startswith("/triage/desk/")

    case = newest(now)
    assert case.urgency == 0
    with everywhere(because="the test looks", at=now):
        assert case.patient.email == before
        told = list(Note.objects.filter(kind="words").values_list("text", flat=True))
    assert told == [wrong.get("words", "Sore throat for four days")]
