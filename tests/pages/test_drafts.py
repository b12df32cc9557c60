"""What was typed comes back to its writer alone; a session that nobody uses ends."""

import json
from datetime import timedelta

import pytest

from practices.actions import tidy_drafts
from practices.doors import everywhere, perform
from practices.models import Draft
from practices.rules.reach import clockwork
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
DRAFTS, HERE = "/practices/drafts/", "/practices/still-here/"
TYPED = {"words": ["Sore throat\nsince Friday"], "red_flags": ["sepsis", "stroke"]}


def keep(client, place="new request", fields=TYPED):
    return client.post(DRAFTS, {"place": place, "fields": json.dumps(fields)})


def kept(client, place="new request"):
    return client.get(DRAFTS, {"place": place})


def test_what_was_typed_comes_back(at_desk):
    client = at_desk("receptionist")

    assert keep(client).status_code == 204
    assert kept(client).json() == {"fields": TYPED, "saved": "9:30am"}


def test_a_form_has_one_draft_the_newest(at_desk, now):
    client = at_desk("receptionist")
    keep(client)
    keep(client, fields={"words": ["Better now"]})

    assert kept(client).json()["fields"] == {"words": ["Better now"]}
    assert kept(client, "another form").status_code == 204


def test_a_page_asks_once_which_forms_were_kept(at_desk, clock, now):
    client, colleague = at_desk("receptionist"), at_desk("practice_manager")
    keep(client)
    keep(client, "another form")
    keep(colleague, "not mine")

    assert client.get(DRAFTS, {"mine": ""}).json() == ["another form", "new request"]
    clock(now + timedelta(hours=24, seconds=1))
    assert client.get(DRAFTS, {"mine": ""}).json() == []


def test_a_colleague_does_not_see_it(at_desk):
    keep(at_desk("receptionist"))

    assert kept(at_desk("practice_manager")).status_code == 204


def test_a_draft_is_gone_after_a_day(at_desk, clock, now):
    client = at_desk("receptionist")
    keep(client)

    clock(now + timedelta(hours=23))
    assert kept(client).json()["saved"] == "Monday 30 November, 9:30am"
    clock(now + timedelta(hours=24, seconds=1))
    assert kept(client).status_code == 204
    gone = perform(tidy_drafts, by=clockwork("old drafts"), at=now + timedelta(hours=25))
    assert gone == 1


@pytest.mark.parametrize(
    "fields",
    ["[", "[1]", '{"a": 1}', '{"a": [1]}', '{"a": ["\\u0000"]}', '{"\\ud800": ["b"]}', "[" * 9999],
)
def test_what_is_no_draft_is_refused_in_words(at_desk, fields):
    answer = at_desk("receptionist").post(DRAFTS, {"place": "x", "fields": fields})

    assert answer.status_code == 422
    assert "A draft is an object of lists" in answer.content.decode()


@pytest.mark.parametrize(
    ("place", "fields"),
    [("x" * 201, {"a": ["b"]}), ("", {"a": ["b"]}), ("x", {"a": ["b" * 12_001]})],
)
def test_no_draft_is_a_store_of_its_own(at_desk, place, fields):
    assert keep(at_desk("receptionist"), place, fields).status_code == 422


def test_a_name_that_is_no_text_hurts_nobody(at_desk):
    client = at_desk("receptionist")

    assert kept(client, "a\0b").status_code == 422
    assert client.post(HERE, {"draft": "a\0b"}).status_code == 204


def test_nobody_keeps_more_than_fifty(at_desk, now):
    client = at_desk("receptionist")
    for number in range(52):
        keep(client, f"form {number}")

    with everywhere(because="the test looks", at=now):
        assert Draft.objects.count() == 50
    assert kept(client, "form 51").status_code == 200


def test_a_form_that_was_accepted_needs_its_draft_no_longer(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    client = at_desk("clinician")
    keep(client, "mine")
    where = f"/triage/cases/{case.reference}/claim/"

    client.post(where, {"once": "1", "draft": "mine"})

    assert kept(client, "mine").status_code == 204
    with everywhere(because="the test looks", at=now):
        assert not Draft.objects.exists()


def test_a_refused_form_keeps_its_draft(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    client = at_desk("clinician")
    client.post(f"/triage/cases/{case.reference}/claim/", {"once": "1"})
    keep(client, "mine")

    client.post(f"/triage/cases/{case.reference}/close/", {"once": "2", "draft": "mine"})

    assert kept(client, "mine").status_code == 200


@pytest.fixture
def strict(settings):
    settings.IDLE_SECONDS, settings.SHIFT_SECONDS = 900, 12 * 3600
    return settings


@pytest.mark.parametrize(("minutes", "status"), [(15, 200), (16, 302)])
def test_an_unused_session_ends(strict, at_desk, clock, now, minutes, status):
    client = at_desk("clinician")
    client.get("/triage/queue/")
    clock(now + timedelta(minutes=minutes))

    assert client.get("/triage/queue/").status_code == status


def test_a_page_that_renews_itself_is_no_sign_of_life(strict, at_desk, clock, now):
    watching, working = at_desk("clinician"), at_desk("clinician")
    for minutes in range(0, 25, 5):
        clock(now + timedelta(minutes=minutes))
        seen = watching.get("/triage/queue/", headers={"X-Watching": "yes"}).status_code
        assert working.post(HERE).status_code == 204

    assert seen == 302


def test_a_session_ends_with_the_shift(strict, at_desk, clock, now):
    client = at_desk("clinician")
    for minutes in range(0, 12 * 60, 10):
        clock(now + timedelta(minutes=minutes))
        assert client.post(HERE).status_code == 204

    clock(now + timedelta(hours=12, minutes=1))
    assert client.post(HERE).status_code == 302
