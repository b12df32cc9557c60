"""The handover sheet: everything a clinician leaves, and nothing of anybody else."""

import pytest

from appointments.models import Session
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from tests.cases import filled_queue, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, text_of
from triage import actions
from triage.models import Case
from triage.queries.shift_end import shift_end
from triage.rules.codes import Need
from triage.rules.states import State

__all__ = ["at_desk", "clock"]
PAGE = "/triage/shift-end/"


@pytest.fixture
def cough(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def test_who_leaves_nothing_says_so(at_desk):
    assert "I leave nothing behind." in text_of(at_desk("clinician").get(PAGE))


def test_the_sheet_says_for_which_sessions_of_today_it_is(world, at_desk, now):
    assert "Session: Riverside hub, 10am to 1pm" in text_of(at_desk("clinician").get(PAGE))

    with everywhere(because="the test's set-up", at=now):
        Session.objects.filter(clinician=world.clinicians["clinician"]).update(status="cancelled")
    assert "Session:" not in text_of(at_desk("clinician").get(PAGE))


def test_a_case_in_hand_is_on_my_sheet_and_on_nobody_elses(cough, world, at_desk, now):
    clinician = at_desk("clinician")
    clinician.post(address(cough, "claim/"), {"once": "1"})

    mine = text_of(clinician.get(PAGE))
    others = text_of(at_desk("supervisor").get(PAGE))

    assert "Left open with me (1)" in mine
    assert "Nguyễn, Tâm" in mine
    assert "Nguyễn" not in others
    with everywhere(because="the test looks", at=now):
        seen = AuditEntry.objects.filter(verb="patient.viewed", facts__page="shift_end")
        assert [line.entity_id for line in seen] == [str(world.patients["tam"].pk)]


def test_what_the_practice_has_not_acknowledged_is_on_my_sheet(cough, at_desk):
    clinician = at_desk("clinician")
    clinician.post(address(cough, "claim/"), {"once": "1"})
    closing = CLOSING | {"outcome": "test_ordered", "note": "bloods on Friday"}
    clinician.post(address(cough, "close/"), {"once": "2"} | closing)

    said = text_of(clinician.get(PAGE))

    assert "Passed on, not accepted yet (1)" in said
    assert "Test ordered" in said


def test_what_is_not_written_in_the_record_is_on_my_sheet(cough, at_desk):
    clinician = at_desk("clinician")
    clinician.post(address(cough, "claim/"), {"once": "1"})
    clinician.post(address(cough, "close/"), {"once": "2"} | CLOSING)

    said = text_of(clinician.get(PAGE))
    clinician.post(address(cough, "note/"), {"once": "3"})
    after = text_of(clinician.get(PAGE))

    assert "Not written in the record yet (1)" in said
    assert "I leave nothing behind." not in said
    assert "Every case I finished is written in the record." in after
    assert "I leave nothing behind." in after


def test_an_appointment_without_an_outcome_asks_for_it(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("gp_oak")[0]
    wish = {"reference": case.reference, "slot_id": slot.pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    before = text_of(at_desk("gp_oak").get(PAGE))
    after = text_of(at_desk("gp_oak", at=slot.ends_at).get(PAGE))

    assert "No outcome recorded (0)" in before
    assert "No outcome recorded (1)" in after
    assert "Appointment at 10am: say whether the patient was seen." in after


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_costs_the_same_however_much_is_left(
    world, acting, now, rows, django_assert_num_queries
):
    by = acting(world, "duty")
    cases = filled_queue(world, rows, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk__in=[one.pk for one in cases]).update(
            state=State.CLAIMED, claimed_by=by.clinician_id, claimed_at=now, lease_until=now
        )

    with opened(by.reach, at=now), django_assert_num_queries(8):
        assert len(shift_end(by=by, at=now).in_hand) == rows
