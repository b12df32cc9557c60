"""111 sends a case by the API; a clinician sees it in the queue with the clock of its code."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from practices.actions import issue_token
from practices.doors import everywhere
from tests.invariants import broken
from tests.journeys.steps import Steps
from tests.world import SETUP
from triage.models import Case, Handover


@pytest.fixture
def sent(committed_world, served, now):
    """ "Contact within 2 hours", sent by another system with a token of its own."""
    with everywhere(because="the test's set-up", at=now):
        membership = committed_world.memberships["client"].pk
        secret = issue_token(membership_id=membership, name="111", days=1, by=SETUP, at=now)
    said = {
        "nhs_number": committed_world.patients["tam"].nhs_number,
        "channel": "nhs111",
        "need": "other",
        "words": "Dizzy on standing since the morning",
        "external_code": "Dx05",
    }
    request = urllib.request.Request(
        f"{served.url}/api/v1/cases",
        data=json.dumps(said).encode(),
        headers={
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": "the one call",
        },
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 201
        return json.load(answer)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_from_111_keeps_its_clock(seat, sent, now, scripts):
    desk = seat("clinician", scripts=scripts)
    steps = Steps("111 sends a case")
    desk.look()
    row = desk.page.locator(f"[data-row='{sent['reference']}']")
    desk.keeps("queue-from-111")
    said = " ".join(row.inner_text().split())
    assert "P2 Within 2 hours" in said
    assert re.search(r"1 hour 5\d minutes left, due by 11:3\dam", said)

    when_it_is_taken_and_the_patient_is_called(steps, desk, sent, now)
    with steps.step(desk, "Sends the patient to hospital"):
        presses = desk.interactions
        desk.closes_with("Sent to hospital", record="Shared")
    assert desk.interactions - presses == 3
    duty = seat("duty", scripts=scripts)
    when_the_practice_owns_what_is_left(steps, duty)
    then_all_clear_names_the_end(steps, duty)
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
        owed = list(Handover.objects.values_list("what", "accepted_by__name"))
    assert (case.channel, case.state, case.urgency_status) == ("nhs111", "closed", "signed")
    assert owed == [("hospital_same_day", "Duty")]
    assert broken(at=now) == []
    desk.found_no_barrier()
    duty.found_no_barrier()


def when_it_is_taken_and_the_patient_is_called(steps, desk, sent, now):
    with steps.step(desk, "Takes it from the queue, and reads it"):
        desk.follows("Next for me", to="**/cases/**")
        desk.reads("Dizzy on standing since the morning")
        desk.reads("Dx05: contact within 2 hours")
    desk.keeps("case-from-111")
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
    assert (case.reference, case.state) == (sent["reference"], "claimed")
    with steps.step(desk, "Calls the patient, who answers"):
        desk.follows("They answered")
        desk.reads("The attempt is recorded")


def when_the_practice_owns_what_is_left(steps, duty):
    duty.keeps("duty-from-111")
    with steps.step(duty, "The patient's practice acknowledges it"):
        duty.fills_in("Who there has accepted", "The ward sister at 9:50am")
        duty.follows("Record that they accepted")
    duty.look()


def then_all_clear_names_the_end(steps, duty):
    with steps.step(duty, "And All clear names how it ended"):
        duty.follows("All clear")
        row = duty.page.get_by_role("row").filter(has_text="Nguyễn")
        expect(row).to_contain_text(re.compile(r"Sent to hospital the same day at 9:\d\dam"))
        expect(row).to_contain_text("Clinician, Riverside hub")
    duty.keeps("all-clear-from-111")
