"""A program asks the card in force, and says which card it asked."""

import pytest

from tests.api.conftest import problem
from tests.leads import HICCUPS, released, second_lead
from triage.rules.red_flag_list import RED_FLAGS

CODE = "hiccups_for_two_days"


@pytest.fixture
def newer(world, acting, now, frozen):
    second_lead(world)
    return released(world, acting, at=now)


def asking(world, **change):
    return {
        "patient": str(world.patients["zoe"].public_id),
        "channel": "phone",
        "need": "sore_throat",
        "words": "Sore throat for four days",
        "red_flags_asked": True,
    } | change


def test_the_card_of_headroom_is_version_nought(as_):
    card = as_("receptionist").get("red-flags").json()

    assert (card["card"], len(card["flags"])) == (0, len(RED_FLAGS))


def test_the_card_in_force_is_told_with_its_words(as_, newer):
    card = as_("client").get("red-flags").json()

    assert card["card"] == 1
    assert card["flags"][-1] == {
        "code": CODE,
        "question": HICCUPS["question"],
        "endpoint": "ambulance",
        "say": HICCUPS["say"],
        "class": "P0",
        "is_first": True,
    }


def test_a_case_says_by_which_card_it_was_asked(as_, world, newer):
    desk = as_("receptionist")

    made = desk.post("cases", asking(world, red_flags=[CODE], asked_card=1)).json()

    assert (made["class"], made["red_flags"], made["card"]) == ("P0", [CODE], 1)


def test_none_said_to_an_older_card_is_sent_back_with_what_is_new(as_, world, newer):
    answer = as_("receptionist").post("cases", asking(world, asked_card=0))

    said = problem(answer)
    assert (said["status"], said["errors"][0]["field"]) == (409, "red_flags")
    assert said["detail"].startswith("The red-flag card changed")


@pytest.mark.parametrize("typed", ["one", -1, None, 10**10])
def test_a_card_that_is_none_is_refused(as_, world, typed):
    assert as_("receptionist").post("cases", asking(world, asked_card=typed)).status_code == 400


def test_whoever_has_no_desk_asks_no_card(as_):
    assert as_("manager").get("red-flags").status_code == 403
