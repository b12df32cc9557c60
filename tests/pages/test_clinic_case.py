"""One case before a clinician: what it shows, what can be done, and what a refusal keeps."""

import re

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from triage import actions
from triage.models import Case, CaseOutcome
from triage.rules.codes import Need, Urgency

__all__ = ["at_desk", "clock"]
CLOSING = {"outcome": "advice", "spoke": "patient:phone", "safety_net": "Ring if worse"} | {
    "record_viewed": "shared_record"
}


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def case(world, acting, now):
    return submitted(
        world, acting, "tam", Need.COUGH_BREATHING, at=now, words="Cough since Friday <b>bad</b>"
    )


@pytest.fixture
def claimed(case, world, acting, now):
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    return fresh(case, now)


def fresh(case, at):
    with everywhere(because="the test looks", at=at):
        return Case.objects.select_related("claimed_by", "handed_to").get(pk=case.pk)


def address(case, what=""):
    return f"/triage/cases/{case.reference}/{what}"


def test_the_page_shows_whose_case_what_was_said_and_what_was_done(claimed, at_desk):
    said = text_of(at_desk("clinician").get(address(claimed)))

    assert "Nguyễn, Tâm" in said
    assert "999 000 0034" in said
    assert "Cough since Friday &lt;b&gt;bad&lt;/b&gt;" in said
    assert "P3 Within 6 hours" in said
    assert "Kept for you until 9:45am" in said
    assert said.index("Claimed") < said.index("Submitted: Phone")


def test_no_page_says_that_there_are_no_flags(case, at_desk):
    said = text_of(at_desk("clinician").get(address(case)))

    assert "The red-flag questions were not asked. Ask them." in said
    assert "no flags" not in said.lower()


def test_reading_a_case_leaves_exactly_one_line(case, world, at_desk, now):
    at_desk("clinician").get(address(case))

    with everywhere(because="the test looks", at=now):
        lines = list(AuditEntry.objects.filter(verb="patient.viewed"))
    assert [(line.entity_id, line.by.username) for line in lines] == [
        (str(world.patients["tam"].pk), "clinician")
    ]


def test_a_case_outside_my_scope_says_why_and_has_no_button(case, at_desk):
    said = text_of(at_desk("physio").get(address(case)))

    assert "First contact physiotherapist: cough or breathing is outside their scope" in said
    assert "Take this case" not in said


@pytest.mark.parametrize("who", ["gp_elm", "receptionist_elm"])
def test_a_case_of_another_practice_is_not_found(case, at_desk, who):
    answer = at_desk(who).get(address(case), follow=True)

    assert answer.status_code == 404


def test_a_receptionist_follows_the_same_link_to_the_desks_page(case, at_desk):
    answer = at_desk("receptionist").get(address(case))

    assert answer["Location"] == f"/triage/desk/{case.reference}/"


def test_a_case_is_taken_kept_and_released(case, at_desk, clock, now):
    client = at_desk("clinician")

    client.post(address(case, "claim/"), {"once": "1", "version": case.version})
    first = fresh(case, now)
    clock(now + actions.LEASE / 3)
    client.post(address(case, "keep/"), {"once": "2"})
    kept = fresh(case, now)
    client.post(address(case, "release/"), {"once": "3", "version": kept.version})

    assert kept.lease_until > first.lease_until
    assert fresh(case, now).state == "waiting"


def test_a_class_is_raised_with_its_reason_in_the_history(claimed, at_desk, now):
    client = at_desk("clinician")

    client.post(
        address(claimed, "class/"),
        {"once": "1", "version": claimed.version, "urgency": "P2", "reason": "Breathless"},
    )

    assert fresh(claimed, now).urgency == Urgency.P2.rank
    assert "Class signed: P2" in text_of(client.get(address(claimed)))


def test_i57_a_class_changed_without_a_reason_is_refused_and_keeps_the_choice(claimed, at_desk):
    answer = at_desk("clinician").post(
        address(claimed, "class/"),
        {"once": "1", "version": claimed.version, "urgency": "P5", "reason": ""},
    )
    said = text_of(answer)

    assert answer.status_code == 422
    assert "<title>Error: " in said
    assert said.count("Enter why the priority changed") == 2
    assert re.search(r'value="P5"\s+selected', said)


def test_a_case_closes_with_outcome_record_and_safety_net(claimed, at_desk, now):
    answer = at_desk("clinician").post(
        address(claimed, "close/"), {"once": "1", "version": claimed.version} | CLOSING
    )

    with everywhere(because="the test looks", at=now):
        ended = CaseOutcome.objects.select_related("safety_net").get(case=claimed)
    assert answer["Location"] == "/triage/queue/"
    assert (ended.code, ended.record_viewed, ended.safety_net.text) == (
        "advice",
        "shared_record",
        "Ring if worse",
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"record_viewed": ""}, "Choose which record you viewed"),
        ({"outcome": ""}, "Choose an outcome"),
        ({"safety_net": " . "}, "Enter what to watch for, and what the patient does"),
        (
            {"outcome": "no_contact", "spoke": "nobody"},
            "Try 3 more times, at least 15 minutes apart",
        ),
        ({"note": "x" * 2001}, "Note for the record must be 2000 characters or fewer"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    claimed, at_desk, now, said, sentence
):
    answer = at_desk("clinician").post(
        address(claimed, "close/"), {"once": "1", "version": claimed.version} | CLOSING | said
    )

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert fresh(claimed, now).state == "claimed"


def test_i59_a_stale_page_shows_both_versions(claimed, world, acting, at_desk, now):
    perform(
        actions.submit,
        by=acting(world, "receptionist"),
        at=now,
        wish=actions.CaseWish(
            patient_id=world.patients["tam"].pk, need=Need.COUGH_BREATHING, words="Much worse"
        ),
    )

    answer = at_desk("clinician").post(
        address(claimed, "close/"),
        {"once": "1", "version": claimed.version, "note": "Sounded well"} | CLOSING,
    )
    said = text_of(answer)

    assert answer.status_code == 409
    assert "Somebody changed this case while you were writing" in said
    assert "Patient called again: Phone" in said
    assert "<dd>Sounded well</dd>" in said
    assert f'name="version" value="{fresh(claimed, now).version}"' in said


def test_attempts_count_towards_giving_up(claimed, at_desk):
    client = at_desk("clinician")

    client.post(
        address(claimed, "attempt/"),
        {"once": "1", "version": claimed.version, "channel": "phone", "met": "nobody"},
    )

    said = text_of(client.get(address(claimed)))
    assert "no answer, no voicemail left, Clinician" in said
    assert "1 of 3 attempts without an answer: the next counts from 9:45am" in said


def test_a_hand_back_is_answered_by_the_duty_clinician(claimed, at_desk, now):
    at_desk("clinician").post(
        address(claimed, "hand-back/"),
        {"once": "1", "version": claimed.version, "reason": "Known to your nurse"},
    )
    duty = at_desk("duty")
    listed = text_of(duty.get("/triage/duty/"))

    wish = {"once": "2", "note": "Nurse calls"}
    said = text_of(duty.post(address(claimed, "accept-back/"), wish, follow=True))

    assert "Clinician asked at 9:30am: “Known to your nurse”" in listed
    assert "Accepted. It is with you until it is finished" in said
    assert '<option value="booked_practice">Seen at the practice</option>' in said
    assert fresh(claimed, now).state == "claimed"


def test_a_second_hand_back_asks_for_a_name(claimed, world, at_desk, now):
    hub, duty = at_desk("clinician"), at_desk("duty")
    reason = {"reason": "Known to your nurse"}
    hub.post(address(claimed, "hand-back/"), {"once": "1"} | reason)
    duty.post(address(claimed, "refuse-back/"), {"once": "2", "reason": "On leave"})
    hub.post(address(claimed, "claim/"), {"once": "3"})

    nameless = hub.post(address(claimed, "hand-back/"), {"once": "4"} | reason)
    named = world.clinicians["gp_oak"].pk
    hub.post(address(claimed, "hand-back/"), {"once": "5", "to_clinician": named} | reason)

    assert "Name the clinician who takes it" in text_of(nameless)
    assert f'<option value="{named}">Gp Oak</option>' in text_of(nameless)
    assert fresh(claimed, now).handed_to_id == named


def test_a_call_for_help_stands_on_the_duty_page(case, at_desk):
    half = case.submitted_at + (case.due_at - case.submitted_at) / 2

    said = text_of(at_desk("duty", at=half).get("/triage/duty/"))

    assert "Needs you now (1)" in said
    assert "1 patient needs you now: 1 past half the time" in said
    assert "Nguyễn, Tâm" in said


def test_one_press_signs_the_class_as_it_is(claimed, at_desk, now):
    client = at_desk("clinician")
    before = text_of(client.get(address(claimed)))

    client.post(
        address(claimed, "class/"), {"once": "1", "version": claimed.version, "urgency": "P3"}
    )

    after = text_of(client.get(address(claimed)))
    assert ("Sign it as P3 Within 6 hours" in before, "Sign it as" in after) == (True, False)
    assert "Signed by Clinician" in after


def test_a_clinician_finds_places_for_a_case_of_theirs(claimed, at_desk):
    answer = at_desk("clinician").get(f"/triage/desk/{claimed.reference}/options/")

    assert answer.status_code == 200
    assert "Riverside hub" in text_of(answer)


def test_the_hub_cannot_answer_for_the_practice(claimed, at_desk, now):
    hub = at_desk("clinician")
    hub.post(address(claimed, "hand-back/"), {"once": "1", "reason": "Known to your nurse"})

    answer = hub.post(address(claimed, "accept-back/"), {"once": "2"})

    assert answer.status_code == 403
    assert fresh(claimed, now).state == "handed_back"


def test_i60_a_closed_case_is_reopened_with_a_reason(claimed, at_desk, now):
    client = at_desk("clinician")
    client.post(address(claimed, "close/"), {"once": "1"} | CLOSING)

    client.post(address(claimed, "reopen/"), {"once": "2", "reason": "Wrong patient"})

    assert fresh(claimed, now).state == "waiting"


@pytest.mark.parametrize("name", ["clinician", "supervisor"])
def test_what_was_booked_leads_back_to_pages_that_open(case, at_desk, name):
    page = at_desk(name).get(f"/triage/desk/{case.reference}/").content.decode()

    assert "Find a place" in page or "Back to the queue" in page
    assert "/triage/reception/" not in page
    assert "Another patient in the same call" not in page
