"""The display on a hub's wall: counts without a sign-in, names nobody, and ends when revoked."""

from datetime import timedelta

import pytest
from django.test import Client

from practices.doors import everywhere, perform
from tests.cases import filled_queue, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.models import Wallboard
from triage.queries.wallboard import LASTS
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE = "/triage/wallboards/"
NAMES = ("Nguyễn", "Tâm", "Supervisor", "Gp Oak", "HR-", "since Friday")


@pytest.fixture
def wall(world, at_desk):
    """The address on the display, as the supervisor was shown it."""
    answer = at_desk("supervisor").post(PAGE, {"hub": "HUB1", "name": "the corridor"})
    return answer.context["link"].removeprefix("http://testserver")


def test_the_display_counts_by_class_and_names_nobody(world, acting, wall, clock, now):
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    filled_queue(world, 4, at=now)
    later = world.slots("supervisor")[1].starts_at
    clock(later)

    answer = Client().get(wall)
    said = text_of(answer)

    assert '<span class="wall__number">2</span> <span class="wall__code">P3</span>' in said
    assert "<dt>Longest wait</dt><dd>48 minutes</dd>" in said
    assert "<dt>Clinicians on</dt><dd>2</dd>" in said
    assert [name for name in NAMES if name in said] == []
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")


def test_an_emergency_is_a_banner_that_names_nobody(world, acting, wall, at_desk, now):
    quiet = text_of(Client().get(wall))
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, red_flags=("heart_attack",))
    desk = acting(world, "receptionist")
    perform(actions.raise_emergency, by=desk, at=now, phone="07700 900123", where="Bus stop")
    loud = text_of(Client().get(wall))
    at_desk("clinician").post(address(case, "claim/"))

    assert "wall__emergency" not in quiet
    assert "Emergency now: 1 emergency call and 1 P0 patient, nobody has them yet" in loud
    assert [one for one in ("900123", "Bus stop", "Zoe", "HR-") if one in loud] == []
    assert "Emergency now: 1 emergency call, nobody" in text_of(Client().get(wall))


def test_words_to_be_read_are_counted_until_somebody_read_them(world, acting, wall, at_desk, now):
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, words="Some chest pain")

    early = text_of(Client().get(wall))
    at_desk("clinician", now + timedelta(minutes=5))
    late = text_of(Client().get(wall))
    at_desk("clinician").post(address(case, "read/"))

    assert '<p class="wall__unread">Read the words of 1 request</p>' in early
    assert "wall__unread--late" in late
    assert "Read the words of 1 request, 1 late" in late
    assert "wall__unread" not in text_of(Client().get(wall))


def test_who_is_with_a_clinician_waits_no_more(world, acting, wall, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    before = text_of(Client().get(wall))

    at_desk("clinician").post(address(case, "claim/"), {"once": "1"})

    assert "Nobody waits" not in before
    assert "Nobody waits" in text_of(Client().get(wall))


def test_a_revoked_link_and_a_guessed_one_show_nothing(world, wall, at_desk, now):
    with everywhere(because="the test looks", at=now):
        board = Wallboard.objects.get()
        assert wall.split("/")[-2] not in board.digest
    live = Client().get(wall).status_code

    at_desk("manager").post(f"{PAGE}{board.public_id}/revoke/")

    assert live == 200
    assert Client().get(wall).status_code == 404
    assert Client().get("/triage/wallboard/guessed/").status_code == 404
    assert Client().get(f"/triage/wallboard/{'x' * 500}/").status_code == 404


def test_the_link_is_shown_once_and_made_only_by_who_runs_the_hub(world, wall, at_desk):
    again = text_of(at_desk("supervisor").get(PAGE))
    unnamed = at_desk("manager").post(PAGE, {"hub": "HUB1", "name": " "})
    long = at_desk("manager").post(PAGE, {"hub": "HUB1", "name": "x" * 61}).content.decode()

    assert "Links in use (1)" in again
    assert wall not in again
    odd = at_desk("manager").post(PAGE, {"hub": "HUB1\0", "name": "\0"})

    assert unnamed.status_code == 422
    assert "<title>Error: Displays" in unnamed.content.decode()
    assert text_of(unnamed).count("Enter where the display hangs") == 2
    assert 'href="#id_name_HUB1"' in unnamed.content.decode()
    assert long.count("Write 60 characters or fewer") == 2
    assert f'value="{"x" * 61}"' in long
    assert odd.status_code == 404
    assert at_desk("clinician").post(PAGE, {"hub": "HUB1", "name": "x"}).status_code == 403
    assert at_desk("supervisor").post(PAGE, {"hub": "HUB9", "name": "x"}).status_code == 404


@pytest.mark.parametrize(("left", "status"), [(timedelta(minutes=1), 200), (timedelta(0), 404)])
def test_a_link_ends_by_itself_after_its_time(world, wall, clock, now, left, status):
    clock(now + LASTS - left)

    assert Client().get(wall).status_code == status


def test_the_list_says_until_when_and_leaves_out_what_has_ended(wall, at_desk, now):
    assert "works until 28 February 2027" in text_of(at_desk("supervisor").get(PAGE))
    assert "No display has a link." in text_of(at_desk("supervisor", at=now + LASTS).get(PAGE))
