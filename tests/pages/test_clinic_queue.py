"""The clinician's queue: whose work it is, what comes next and why, my own day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from tests.cases import filled_queue, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import Case, Emergency
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]


def looked(at):
    with everywhere(because="the test looks", at=at):
        return list(AuditEntry.objects.filter(verb="patient.viewed").order_by("id"))


def test_the_page_says_whose_work_it_is_and_what_comes_next(world, acting, at_desk, now):
    """U09: each number has an owner. U10: why that one."""
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    said = text_of(at_desk("clinician").get("/triage/queue/"))

    assert "You have 0. Riverside hub has 2. Unassigned 2." in said
    assert "6 hours left, due by 3:30pm. Cough or breathing, 75 years, Oak Surgery." in said
    assert "It is the most urgent case within your scope that nobody has." in said


def test_next_for_me_opens_the_most_urgent_case(world, acting, at_desk, now):
    """U10."""
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    urgent = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    answer = at_desk("clinician").post("/triage/queue/next/", {"once": "a-next"})

    assert (answer.status_code, answer["Location"]) == (302, f"/triage/cases/{urgent.reference}/")


def test_pressed_twice_next_for_me_takes_one_case(world, acting, at_desk, now):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    client = at_desk("clinician")

    places = {client.post("/triage/queue/next/", {"once": "a"})["Location"] for _ in range(2)}

    assert len(places) == 1
    with everywhere(because="the test looks", at=now):
        assert Case.objects.filter(state="claimed").count() == 1


def test_with_nothing_to_take_the_page_says_so(at_desk):
    """U28: why it is empty, and what comes next."""
    said = text_of(at_desk("clinician").post("/triage/queue/next/", {"once": "a"}, follow=True))

    assert "No case waits that is within your scope." in said
    assert "Nobody is waiting." in said


def test_somebody_elses_case_names_them_and_since_when(world, acting, at_desk, now):
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.take_next, by=acting(world, "supervisor"), at=now, hub_id=world.hub.pk)

    said = text_of(at_desk("clinician").get("/triage/queue/"))

    assert "With Supervisor since 9:30am" in said


def test_a_filter_is_a_tag_that_can_be_taken_away(world, acting, at_desk, now):
    """U15: and how many were found."""
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    said = text_of(at_desk("clinician").get("/triage/queue/?class=P4&practice=OAK1"))

    assert "1 case found" in said
    assert 'href="?practice=OAK1"' in said
    assert 'href="?class=P4"' in said
    assert ("O&#x27;Neil, Zoë" in said, "Nguyễn" in said) == (True, False)


@pytest.mark.parametrize("query", ["?class=P9", "?state=x&practice=\0", "?mine=2", "?class="])
def test_unknown_filters_do_no_harm(at_desk, query):
    assert at_desk("clinician").get(f"/triage/queue/{query}").status_code == 200


def test_a_page_that_does_not_exist_is_said_in_words(at_desk):
    answer = at_desk("clinician").get("/triage/queue/?after=rubbish")

    assert answer.status_code == 422
    assert "This page of the queue does not exist." in text_of(answer)


def test_looking_leaves_one_line_with_everybody_shown(world, acting, at_desk, now):
    for who in ("zoe", "tam"):
        submitted(world, acting, who, Need.SKIN_RASH, at=now)

    at_desk("clinician").get("/triage/queue/")

    shown = sorted(world.patients[who].pk for who in ("zoe", "tam"))
    assert [line.facts["patients"] for line in looked(now)] == [shown]


def test_one_press_logs_a_contact_once(world, at_desk):
    client = at_desk("clinician")

    for _ in range(2):
        client.post("/triage/queue/contact/", {"kind": "brief_advice", "once": "b"})
    said = text_of(client.get("/triage/queue/"))

    assert "0.5 of 25 points, room for 24.5" in said
    assert "Limit 25, from the safe working default" in said


def test_an_unknown_kind_of_contact_is_refused_in_words(at_desk):
    answer = at_desk("clinician").post("/triage/queue/contact/", {"kind": "chat", "once": "b"})

    assert answer.status_code == 422


def test_a_receptionist_has_no_queue(at_desk):
    assert at_desk("receptionist").get("/triage/queue/").status_code == 403


def test_an_emergency_stands_on_every_page_until_somebody_has_it(world, acting, at_desk, now):
    perform(
        actions.raise_emergency,
        by=acting(world, "receptionist"),
        at=now,
        phone="07700900456",
        where="Flat 2",
    )
    client = at_desk("clinician")

    before = text_of(client.get("/practices/acting-as/"))
    with everywhere(because="the test looks", at=now):
        reference = Emergency.objects.get().reference
    client.post(f"/triage/emergency/{reference}/acknowledge/")
    after = text_of(client.get("/triage/queue/"))

    assert "Emergency: ring 07700 900456, Flat 2, Oak Surgery" in before
    assert "Emergency: ring" not in after


def test_a_p0_nobody_has_stands_above_the_page(world, acting, at_desk, now):
    submitted(world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True)

    said = text_of(at_desk("clinician").get("/practices/acting-as/"))

    assert "P0: nobody has this emergency case of Oak Surgery" in said


def test_a_supervisor_sees_the_people_they_answer_for(world, acting, at_desk, now):
    supervisor, trainee = world.clinicians["supervisor"], world.clinicians["clinician"]
    with everywhere(because="the test's set-up", at=now):
        trainee.supervisor = supervisor
        trainee.save()
    later = now + timedelta(hours=1)
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=later)
    perform(actions.take_next, by=acting(world, "clinician"), at=later, hub_id=world.hub.pk)

    said = text_of(at_desk("supervisor", at=later).get("/triage/queue/"))

    assert "Advanced nurse practitioner. Here until 1pm, 1 case with them" in said


def cost_of(client, address):
    """How many statements the page takes."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_page_costs_the_same_however_long_the_queue(world, at_desk, now):
    client = at_desk("clinician")
    costs = []

    for more in (1, 2, 37):
        filled_queue(world, more, at=now)
        client.get("/triage/queue/")
        costs.append(cost_of(client, "/triage/queue/"))

    assert costs == [costs[0]] * 3
