"""The day on paper: session lists, the queue, blank forms; each look is on record."""

import re
from datetime import timedelta

import pytest

from practices import clock
from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.access import AccessNeed
from tests.cases import submitted
from tests.pages.clinic import signed_in
from triage import actions
from triage.models import Case
from triage.rules.codes import Need, Urgency

SHEET = re.compile(r"\b[2-9B-Z]{3}-[2-9B-Z]{3}\b")


@pytest.fixture(autouse=True)
def _reading(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


def booked(world, acting, now, *, session="gp_oak", who="zoe", **wish):
    """The patient's signed case with a place in the session."""
    case = submitted(world, acting, who, Need.SORE_THROAT, at=now, **wish)
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=now, **sign)
    place = {"reference": case.reference, "slot_id": world.slots(session)[0].pk}
    return perform(
        actions.book,
        by=acting(world, "receptionist"),
        at=now,
        overflow_reason="patient_choice",
        **place,
    )


def looks(page, now):
    with everywhere(because="the test looks", at=now):
        rows = AuditEntry.objects.filter(verb="patient.viewed", facts__page=page)
        return [row.facts["patients"] for row in rows.order_by("pk")]


def test_the_session_list_has_every_place_and_whose_it_is(world, acting, now):
    """U30: printed when, and by whom."""
    booked(world, acting, now, access_needs=(AccessNeed.STEP_FREE,))

    said = signed_in(world, "receptionist").get("/triage/paper/sessions/").content.decode()

    assert "O&#x27;Neil, Zoë" in said
    assert "Born 14 March 1985 (41 years)" in said
    assert "999 000 0018" in said
    assert "Sore throat, face to face" in said
    assert "Needs: Step-free access" in said
    assert said.count("app-sheet__blank") == len(world.slots("gp_oak")) - 1
    assert "Printed Monday 30 November, 9:30am, by Receptionist" in said
    assert looks("print:sessions", now) == [[world.patients["zoe"].pk]]


def test_a_place_the_hub_gave_to_a_patient_it_may_not_see_is_not_printed_as_free(
    world, acting, now
):
    booking = booked(world, acting, now, session="clinician")
    with everywhere(because="the test ends the disclosure", at=now):
        world.patients["zoe"].disclosures.update(until_at=now - timedelta(minutes=1))

    said = signed_in(world, "supervisor").get("/triage/paper/sessions/").content.decode()

    assert booking.hub_id == world.hub.pk
    assert "O&#x27;Neil" not in said
    assert said.count("Taken: ask the house that booked it") == 1


def test_the_queue_is_printed_in_order_with_words_phone_and_owner(world, acting, now):
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now, words="itchy arm")
    submitted(world, acting, "ellen", Need.OTHER, at=now, red_flags=("stroke",), words="face")

    said = signed_in(world, "supervisor").get("/triage/paper/queue/").content.decode()

    assert said.index("Brook, Ellen") < said.index("Nguyễn, Tâm")
    assert "“itchy arm”" in said
    assert "07700 900123" in said
    assert "Riverside hub, nobody by name yet" in said
    seen = sorted(world.patients[who].pk for who in ("tam", "ellen"))
    assert looks("print:queue", now) == [seen]


def test_a_young_person_in_confidence_is_never_rung_at_home(world, acting, now):
    case = submitted(world, acting, "child", Need.EAR_PAIN, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(is_confidential=True, phone="")

    said = signed_in(world, "receptionist").get("/triage/paper/queue/").content.decode()

    assert "Confidential: the young person asks alone" in said
    assert "07700 900123" not in said


def test_another_practice_s_patients_are_not_printed(world, acting, now):
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    submitted(world, acting, "ellen", Need.SKIN_RASH, at=now)

    said = signed_in(world, "receptionist_elm").get("/triage/paper/queue/").content.decode()

    assert "Brook, Ellen" in said
    assert "Nguyễn" not in said


def test_blank_forms_have_numbers_nobody_had_before(world):
    client = signed_in(world, "receptionist")

    first, second = (client.get("/triage/paper/forms/").content.decode() for _ in range(2))

    numbers = [set(SHEET.findall(page)) for page in (first, second)]
    assert [len(found) for found in numbers] == [10, 10]
    assert numbers[0].isdisjoint(numbers[1])
    assert "Bleeding that will not stop" in first
