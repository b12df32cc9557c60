"""A parent who calls for somebody of 16 or more: the patient is asked, as for anybody else."""

from datetime import date

import pytest

from practices.doors import everywhere
from practices.models import Patient
from tests.pages.test_calling import ASK_RIGHT, MOTHER, NEIGHBOUR, asks, desk, newest

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("born_on", "asks_who", "authority"),
    [
        (date(2010, 12, 1), "yes", "parental"),
        (date(2010, 11, 30), "", "none"),
        (date(2009, 1, 1), "", "none"),
    ],
    ids=["tomorrow 16", "16 today", "17"],
)
def test_from_16_on_a_parent_has_no_right_by_default(
    desk, world, now, born_on, asks_who, authority
):
    child = world.patients["child"]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=child.pk).update(born_on=born_on)
    page = desk.get(f"/triage/patients/{child.public_id}/new/").content.decode()

    asked = asks(desk, child, asks_who=asks_who, **MOTHER)
    if not asks_who:
        asks(desk, child, caller_authority="none", **MOTHER)

    assert ('name="asks_who" value="yes"' in page) is bool(asks_who)
    assert (ASK_RIGHT in asked) is not bool(asks_who)
    assert newest(now).caller_authority == authority
    where = desk.get(f"/triage/desk/{newest(now).reference}/options/").content.decode()
    no_right = "The caller has no right to be told anything: name no time and no place"
    assert (no_right in where) is (authority == "none")


def test_the_mother_of_a_child_is_asked_anew_about_a_brother_of_16(desk, world, now):
    asks(desk, world.patients["child"], asks_who="yes", **MOTHER)
    brother = world.patients["tam"]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=brother.pk).update(born_on=date(2009, 1, 1))

    address = f"/triage/patients/{brother.public_id}/new/?with={newest(now).reference}"
    page = desk.get(address).content.decode()

    assert 'value="Mary Hartley"' in page
    assert '<option value="parental" selected' not in page


def test_nobody_has_parental_responsibility_for_a_grown_up(desk, world):
    page = asks(desk, world.patients["tam"], caller_authority="parental", **MOTHER)

    assert "Parental responsibility ends at 18" in page


def right_s_fold(page):
    """The part of the page about who calls, as it is drawn: its own tag and what is in it."""
    return next(one for one in page.split("<details")[1:] if "By what right they speak" in one)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("caller_name", "Enter the name of the caller"),
        ("caller_relation", "Choose who they are to the patient"),
        ("caller_authority", ASK_RIGHT),
    ],
)
def test_what_is_missing_of_a_caller_stands_open_beside_its_field(desk, world, missing, sentence):
    page = asks(desk, world.patients["zoe"], words="Kept", **NEIGHBOUR | {missing: ""})

    fold = right_s_fold(page)
    assert " open>" in fold.split("<summary")[0]
    assert sentence in fold
    assert page.count(sentence) == 2
    assert "Kept</textarea>" in page
    assert missing == "caller_name" or 'value="Jo"' in fold


def test_an_emergency_waits_for_no_right_and_its_caller_is_told_nothing(desk, world, now):
    said = NEIGHBOUR | {"caller_authority": "", "none_said": "", "red_flags": "stroke"}

    assert asks(desk, world.patients["zoe"], **said).startswith("/triage/desk/")
    case = newest(now)
    assert (case.urgency, case.caller_name, case.caller_authority) == (0, "Jo", "none")


@pytest.mark.parametrize("missing", ["caller_name", "caller_relation"])
def test_an_emergency_waits_for_nothing_that_is_said_of_its_caller(desk, world, now, missing):
    said = NEIGHBOUR | {missing: "", "none_said": "", "red_flags": "stroke"}

    assert asks(desk, world.patients["zoe"], **said).startswith("/triage/desk/")
    assert (newest(now).urgency, newest(now).caller_name) == (0, "")
