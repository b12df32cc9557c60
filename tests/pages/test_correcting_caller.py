"""Who speaks for the patient, and by what right, is put right on the case; its history says so."""

import pytest

from practices.doors import everywhere
from tests.pages.test_calling import ADULTS_MOTHER, NEIGHBOUR, asks, desk, newest, page_of
from triage.models import Case

__all__ = ["desk"]
TOLD = "The caller has no right to be told anything"
CHILDS_AUNT = {"for_whom": "other", "caller_name": "Ada", "caller_relation": "relative"}
AGREED = {"caller_name": "Jo Hill", "caller_relation": "relative", "caller_authority": "consent"}


def keeps(desk, case, **said):
    return desk.post(f"/triage/desk/{case.reference}/caller/", said)


def test_a_right_that_was_missed_is_kept_and_the_history_says_what_it_was(desk, world, now):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)
    case = newest(now)
    assert TOLD in page_of(desk, case)

    answer = keeps(desk, case, **AGREED)

    kept = newest(now)
    assert (kept.caller_name, kept.caller_relation) == ("Jo Hill", "relative")
    assert (kept.caller_authority, kept.version) == ("consent", case.version + 1)
    page = desk.get(answer["Location"]).content.decode()
    assert "Check the phone number too" in page
    assert TOLD not in page
    assert "Now Jo Hill (partner or relative): the patient agrees, 30 November 2026" in page
    assert "It was Jo (friend or neighbour): none shown: listen, tell nothing" in page


def test_who_turns_out_to_have_no_right_is_sent_no_text_any_more(desk, world, now):
    asks(desk, world.patients["zoe"], **ADULTS_MOTHER)
    case = newest(now)
    assert case.safe_to_text

    keeps(desk, case, **AGREED | {"caller_authority": "none"})

    assert newest(now).safe_to_text is False
    assert TOLD in page_of(desk, case)


def test_said_again_it_changes_nothing(desk, world, now):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)
    case = newest(now)
    same = {name: NEIGHBOUR[name] for name in AGREED}

    keeps(desk, case, **same)

    assert newest(now).version == case.version


@pytest.mark.parametrize(
    ("said", "sentences"),
    [
        (
            {"caller_name": "", "caller_relation": "", "caller_authority": ""},
            ("Enter the name of the caller", "Choose who they are", "Choose by what right"),
        ),
        ({"caller_authority": "parental"}, ("Parental responsibility ends at 18",)),
        (
            {"authority_on_day": "1", "authority_on_month": "2", "authority_on_year": "2199"},
            ("must be today or in the past",),
        ),
    ],
)
def test_what_cannot_be_kept_is_said_all_at_once_and_stays(desk, world, now, said, sentences):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)
    case = newest(now)

    page = keeps(desk, case, **AGREED | said).content.decode()

    assert all(page.count(one) >= 2 for one in sentences)
    assert "<title>Error: Request" in page
    assert newest(now).caller_name == "Jo"


def test_where_the_patient_spoke_there_is_nothing_to_correct(desk, world, now):
    asks(desk, world.patients["zoe"])

    assert "Correct who speaks" not in page_of(desk, newest(now))


def test_a_closed_case_is_left_as_it_is(desk, world, now):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)
    case = newest(now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now)

    assert "This case is closed" in keeps(desk, case, **AGREED).content.decode()
    assert newest(now).caller_authority == "none"


def test_who_calls_for_a_child_and_is_no_parent_is_asked_by_what_right(desk, world, now):
    child = world.patients["child"]
    asked = desk.get(f"/triage/patients/{child.public_id}/new/").content.decode()
    assert "Not a parent? Ask by what right they speak" in asked

    asks(desk, child, asks_who="yes", **CHILDS_AUNT)

    case = newest(now)
    assert case.caller_authority == "none"
    page = page_of(desk, case)
    assert TOLD in page
    assert "call whoever has parental responsibility" in page
