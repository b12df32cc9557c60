"""The cover table: gaps are seen, somebody is named, and no change leaves a gap unnoticed."""

import re
from datetime import timedelta

import pytest

from appointments.api.overrides import OverrideBody
from appointments.models import NamedCover, Override
from practices.doors import everywhere
from practices.presenters import time_words
from tests.api.conftest import as_, frozen, problem
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import supervised

__all__ = ["as_", "at_desk", "clock", "frozen"]
PAGE = "/triage/cover/"
WHY = {"code": "service_failure", "reason": "Nobody is to be had"}


def named(world, **change):
    return {
        "queue": "OAK1",
        "day": "2026-11-30",
        "clinician": world.clinicians["duty"].pk,
        "starts": "13:00",
        "ends": "18:30",
        "phone": "07700 900222",
    } | change


def test_gaps_are_said_in_words_and_a_named_person_closes_them(world, at_desk):
    manager = at_desk("practice_manager")

    before = text_of(manager.get(PAGE))
    after = text_of(manager.post(f"{PAGE}name/", named(world), follow=True))

    assert "Gap: nobody" in before
    assert "Gap: no GP" in before
    assert "Oak Surgery: 8 hours with a gap" in before
    assert "Oak Surgery: 2 hours with a gap" in after
    assert "Duty, 1pm to 6:30pm" in after


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts": "soon"}, "Enter a time, like 1:30pm or 13:30"),
        ({"ends": ""}, "Enter a time, like 1:30pm or 13:30"),
        ({"ends": "12:00"}, "End time must be after start time"),
        ({"day": "2027-10-31", "starts": "1.30am"}, "1:30am happens twice on that day"),
        ({"day": "2027-03-28", "ends": "1.30am"}, "1:30am does not exist on that day"),
        ({"starts": "08:00", "ends": "09:00"}, "The time must not be over already."),
        ({"phone": "me"}, "Enter a UK phone number"),
        ({"clinician": ""}, "Choose who answers"),
        pytest.param(
            {"day": "2027-03-28", "starts": "1:30am"},
            "Clocks go forward. 1:30am does not exist on that day",
            id="I42",
        ),
        pytest.param(
            {"day": "2027-10-31", "starts": "1:30am"},
            "Enter 1:30am BST for before the clocks go back, or 1:30am GMT for after",
            id="I43",
        ),
    ],
)
def test_what_cannot_be_named_says_why_and_keeps_what_was_typed(world, at_desk, change, sentence):
    answer = at_desk("practice_manager").post(f"{PAGE}name/", named(world, **change))

    said = text_of(answer)
    assert answer.status_code == 422
    assert said.count(sentence) == 2
    assert f'value="{change.get("phone", "07700 900222")}"' in said


@pytest.mark.parametrize("ends", ["6.30", "18.30", "1830", "6:30pm", "6:30 p.m."])
def test_a_time_is_taken_as_people_write_it(world, at_desk, ends):
    manager = at_desk("practice_manager")

    page = text_of(manager.post(f"{PAGE}name/", named(world, starts="1", ends=ends), follow=True))

    assert "Duty, 1pm to 6:30pm" in page


def test_where_a_time_happens_twice_the_answer_is_typed(world, at_desk, now):
    twice = named(world, day="2027-10-31", starts="1.30am BST", ends="1.30am GMT")
    with everywhere(because="the test's set-up", at=now):
        before = NamedCover.objects.count()

    assert at_desk("practice_manager").post(f"{PAGE}name/", twice).status_code == 302
    with everywhere(because="the test looks", at=now):
        assert before == 0
        made = NamedCover.objects.get()
    assert made.ends_at - made.starts_at == timedelta(hours=1)


def test_nobody_arranges_the_cover_of_others(world, at_desk, now):
    hub = named(world, queue="HUB1", clinician=world.clinicians["supervisor"].pk)

    assert at_desk("practice_manager").post(f"{PAGE}name/", hub).status_code == 403
    assert at_desk("supervisor").post(f"{PAGE}name/", hub).status_code == 302
    assert at_desk("supervisor").post(f"{PAGE}name/", named(world)).status_code == 404
    assert at_desk("clinician").get(PAGE).status_code == 403
    with everywhere(because="the test looks", at=now):
        assert NamedCover.objects.count() == 1


def test_a_line_that_is_needed_is_withdrawn_only_with_a_reason(world, at_desk, now):
    manager = at_desk("practice_manager")
    manager.post(f"{PAGE}name/", named(world))
    with everywhere(because="the test looks", at=now):
        line = NamedCover.objects.get()
    address = f"{PAGE}{line.public_id}/withdraw/"

    refused = text_of(manager.post(address, {"day": "2026-11-30"}))
    half = manager.post(address, {"day": "2026-11-30", "reason": "Nobody at all"})
    other = manager.post(address, {"day": "2026-11-30", "code": "service_failure"})
    done = text_of(manager.post(address, {"day": "2026-11-30"} | WHY, follow=True))

    assert "Oak Surgery would have nobody who may triage from 1pm to 6:30pm" in refused
    assert refused.count("Oak Surgery would have nobody") == 2
    assert (half.status_code, other.status_code) == (422, 422)
    assert "Choose why there may be a gap" in text_of(half)
    assert 'value="Nobody at all"' in text_of(half)
    assert "Enter why there may be a gap, in your words" in text_of(other)
    assert "Withdrawn" in done
    with everywhere(because="the test looks", at=now):
        assert list(Override.objects.values_list("rule", "code")) == [("cover", "service_failure")]


def test_whoever_says_why_is_told_to_name_no_patient(world, at_desk):
    manager = at_desk("practice_manager")
    manager.post(f"{PAGE}name/", named(world))

    page = text_of(manager.get(PAGE))
    (field,) = re.findall(r'<input[^>]* name="reason"[^>]*>', page)
    (hint,) = re.findall(r'aria-describedby="([^"]+)"', field)

    assert f'id="{hint}">Name no patient' in page
    assert OverrideBody().fields["reason"].help_text == "in your words; names no patient"


def test_a_rota_change_that_opens_a_gap_needs_a_reason(world, as_):
    manager, session = as_("practice_manager"), f"sessions/{world.sessions['gp_oak'].pk}"

    refused = problem(manager.post(f"{session}/cancel", {"reason": "leave"}))
    assert (refused["status"], refused["code"]) == (409, "cover")
    assert "10am to 1pm on Monday 30 November" in refused["detail"]

    assert manager.post(f"{session}/cancel", {"override": WHY}).status_code == 200


def test_a_hub_rota_without_a_gp_is_not_published_without_a_reason(world, as_):
    wish = {
        "hub": "HUB1",
        "clinician": world.clinicians["clinician"].pk,
        "starts_at": "2026-12-01T09:00:00+00:00",
        "ends_at": "2026-12-01T10:00:00+00:00",
    }
    doctor = wish | {"clinician": world.clinicians["supervisor"].pk}
    later = {"starts_at": "2026-12-01T10:00:00+00:00", "ends_at": "2026-12-01T11:00:00+00:00"}
    supervisor = as_("supervisor")

    refused = problem(supervisor.post("sessions", wish))
    assert (refused["status"], refused["code"]) == (409, "cover")
    assert "no GP from 9am to 10am" in refused["detail"]
    assert supervisor.post("sessions", doctor).status_code == 201
    assert supervisor.post("sessions", wish).status_code == 201
    assert supervisor.post("sessions", wish | later | {"override": WHY}).status_code == 201


def test_a_supervisor_who_has_left_covers_nothing_until_they_are_back(world, at_desk, clock):
    supervised(world, "clinician", "physio")
    starts = world.sessions["supervisor"].starts_at
    supervisor = at_desk("supervisor", at=starts + timedelta(hours=1))
    here = hub_line(supervisor.get(PAGE), starts + timedelta(hours=1))

    supervisor.post("/triage/supervising/leave/", {"once": "1"})
    before = hub_line(supervisor.get(PAGE), starts)
    left = hub_line(supervisor.get(PAGE), starts + timedelta(hours=1))
    clock(starts + timedelta(hours=2))
    supervisor.post("/triage/supervising/back/", {"once": "2"})
    gone = hub_line(supervisor.get(PAGE), starts + timedelta(hours=1))
    back = hub_line(supervisor.get(PAGE), starts + timedelta(hours=2))

    assert (here.who, here.state) == ("Supervisor", "Covered")
    assert (before.who, before.state) == ("Supervisor", "Covered")
    assert (left.who, left.state) == ("Nobody", "Gap: no GP")
    assert (gone.who, gone.state) == ("Nobody", "Gap: no GP")
    assert (back.who, back.state) == ("Supervisor", "Covered")


def hub_line(answer, starts):
    """The hour of the hub's table that starts then."""
    (table,) = (one for one in answer.context["page"].tables if one.code == "HUB1")
    return next(one for one in table.hours if one.when.startswith(f"{time_words(starts)} to"))
