"""A quarter past six: every patient of today, and what is left to do."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from tests.cases import filled_queue, submitted
from tests.crowded import booking_of
from tests.full_day import planned_ahead
from tests.invariants import broken
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, text_of
from triage import actions
from triage.actions.attending import arrive, attend, miss
from triage.models import Case
from triage.queries.all_clear import practice_day
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE = "/triage/all-clear/"


@pytest.fixture
def cough(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def test_a_day_without_patients_is_clear(at_desk):
    said = text_of(at_desk("receptionist").get(PAGE))

    assert '<h1 class="nhsuk-heading-l">All clear</h1>' in said
    assert "You can close." in said


def test_who_is_due_today_keeps_us_here(cough, at_desk):
    said = text_of(at_desk("receptionist").get(PAGE))

    assert "Not clear: 1 patient to see to" in said
    assert "Nguyễn, Tâm" in said
    assert "Not finished" in said
    assert "You can close." not in said


def test_an_overdue_patient_says_so_to_the_manager_too(cough, at_desk):
    late = cough.due_at + timedelta(minutes=19, seconds=30)

    said = text_of(at_desk("practice_manager", at=late).get(PAGE))

    assert "overdue by 20 minutes" in said
    assert "Late: call the patient" in said
    assert f'href="/triage/desk/{cough.reference}' not in said


def test_what_the_hub_finished_is_told_with_who_and_how(cough, at_desk):
    clinician = at_desk("clinician")
    clinician.post(address(cough, "claim/"), {"once": "1"})
    clinician.post(address(cough, "close/"), {"once": "2"} | CLOSING)

    said = text_of(at_desk("receptionist").get(PAGE))

    assert "All clear" in said
    assert "Advice given at 9:30am" in said
    assert "no safety net" not in said
    assert "By whom </span>Clinician, Riverside hub</td>" in said
    assert "Dealt with by the hub without an appointment there: 1" in said


def test_what_the_hub_sent_on_stays_the_hubs_once_we_accept_it(cough, at_desk):
    hub = at_desk("clinician")
    hub.post(address(cough, "claim/"), {"once": "1"})
    hub.post(address(cough, "close/"), {"once": "2"} | CLOSING | {"outcome": "test_ordered"})
    took = {"once": "3", "what": "test_ordered", "note": "Duty, tomorrow at noon"}
    assert at_desk("duty").post(address(cough, "accept-handover/"), took).status_code == 302

    said = text_of(at_desk("receptionist").get(PAGE))

    assert "Test ordered at 9:30am" in said
    assert "By whom </span>Clinician, Riverside hub</td>" in said


def test_an_appointment_that_is_over_asks_whether_it_happened(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("gp_oak")[0]
    perform(
        actions.book,
        by=acting(world, "receptionist"),
        at=now,
        reference=case.reference,
        slot_id=slot.pk,
    )

    before = text_of(at_desk("receptionist").get(PAGE))
    after = text_of(at_desk("receptionist", at=slot.ends_at).get(PAGE))

    assert "All clear" in before
    assert "Booked 10am today" in before
    assert "was the patient seen?" in after


def test_an_appointment_its_case_left_behind_is_asked_about(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[0].pk}
    visit = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    later = visit.ends_at + timedelta(minutes=5)
    submitted(world, acting, "zoe", Need.SORE_THROAT, words="Still sore", at=later)
    hub = at_desk("clinician", at=later)
    hub.post(address(case, "claim/"), {"once": "1"})
    hub.post(address(case, "close/"), {"once": "2"} | CLOSING)

    said = text_of(at_desk("receptionist", at=later).get(PAGE))
    for days, asked in ((1, True), (7, True), (8, False)):
        again = text_of(at_desk("receptionist", at=later + timedelta(days=days)).get(PAGE))
        assert ("was the patient seen?" in again) is asked
        assert bool(broken(at=later + timedelta(days=days))) is not asked
    desk = {"by": acting(world, "receptionist"), "at": later}
    perform(attend, public_id=str(visit.public_id), **desk)
    settled = text_of(at_desk("receptionist", at=later).get(PAGE))

    assert "Not clear: 1 patient to see to" in said
    assert "The appointment is over: was the patient seen?" in said
    assert "Planned:" not in said
    assert "You can close." in settled
    assert broken(at=later) == []


def test_who_came_to_what_was_planned_is_on_the_page_of_that_day_alone(world, acting, at_desk):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, "zoe", slot, Need.FOLLOW_UP)
    desk = {"by": acting(world, "receptionist"), "at": slot.starts_at}
    perform(arrive, public_id=str(booking_of(world, "zoe").public_id), **desk)

    pages = [
        text_of(at_desk("receptionist", at=slot.ends_at + timedelta(days=days)).get(PAGE))
        for days in (0, 1)
    ]

    assert ["O&#x27;Neil" in page for page in pages] == [True, False]


def test_another_practice_is_not_in_our_day(cough, at_desk):
    said = text_of(at_desk("receptionist_elm").get(PAGE))

    assert "Nguyễn" not in said
    assert "All clear" in said


def test_whose_names_were_shown_is_on_record(cough, world, at_desk, now):
    at_desk("receptionist").get(PAGE)

    with everywhere(because="the test looks", at=now):
        lines = list(AuditEntry.objects.filter(verb="patient.viewed", facts__page="day"))
    assert [line.entity_id for line in lines] == [str(world.patients["tam"].pk)]


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_day_costs_the_same_however_long(world, acting, now, rows, django_assert_num_queries):
    filled_queue(world, rows, at=now)
    by = acting(world, "receptionist")

    with opened(by.reach, at=now), django_assert_num_queries(9):
        day = practice_day(by=by, at=now)

    assert len(day.loose) + len(day.waiting) == rows


def test_an_appointment_planned_ahead_is_in_the_day(world, at_desk, now):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, "child", slot, Need.FOLLOW_UP)

    before = text_of(at_desk("receptionist").get(PAGE))
    after = text_of(at_desk("receptionist", at=slot.ends_at).get(PAGE))
    elm = text_of(at_desk("receptionist_elm", at=slot.ends_at).get(PAGE))

    assert "All clear" in before
    assert "Booked, 10am today" in before
    assert "Planned: follow-up" in before
    assert "Not clear: 1 patient to see to" in after
    assert "was the patient seen? It was 10am today" in after
    assert 'href="/triage/arrivals/"' in after
    assert "Hartley" not in elm


def test_a_child_not_brought_to_what_was_planned_keeps_us_here(world, acting, at_desk, now):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, "child", slot, Need.FOLLOW_UP)
    by, booking = acting(world, "receptionist"), booking_of(world, "child")
    perform(miss, by=by, at=slot.starts_at, public_id=str(booking.public_id))

    page = text_of(at_desk("receptionist", at=slot.ends_at).get(PAGE))
    duty = text_of(at_desk("duty", at=slot.ends_at).get("/triage/duty/"))

    assert "Not clear: 1 patient to see to" in page
    assert "Not finished" in page
    assert "1 patient needs you now: 1 sent to you." in duty
    assert "Needs you now (1)" in duty
    assert "Hartley" in duty
    with everywhere(because="the test looks", at=now):
        made = Case.objects.get(patient=world.patients["child"])
    assert (made.urgency, made.bookable_now, made.due_at.date()) == (4, False, now.date())
    history = text_of(at_desk("duty", at=slot.ends_at).get(address(made)))
    assert "Was not brought to a planned appointment" in history
    assert "Was not brought to an appointment that was planned." in history


@pytest.mark.parametrize(
    ("who", "step", "said"),
    [("child", arrive, "Came, 10am"), ("zoe", miss, "Did not come, 10am")],
)
def test_who_came_and_what_grown_up_did_not_leaves_the_day_clear(
    world, acting, at_desk, now, who, step, said
):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, who, slot, Need.FOLLOW_UP)
    booking = booking_of(world, who)
    by = acting(world, "receptionist")
    perform(step, by=by, at=slot.starts_at, public_id=str(booking.public_id))

    page = text_of(at_desk("receptionist", at=slot.ends_at).get(PAGE))

    assert "All clear" in page
    assert said in page


def test_the_plan_is_on_record_as_looked_at(world, at_desk, now):
    planned_ahead(world, "child", world.slots("gp_oak")[0], Need.FOLLOW_UP)
    at_desk("receptionist").get(PAGE)

    with everywhere(because="the test looks", at=now):
        lines = list(AuditEntry.objects.filter(verb="patient.viewed", facts__page="day"))
    assert [line.entity_id for line in lines] == [str(world.patients["child"].pk)]


def test_the_desk_says_as_here_that_a_case_let_go_waits_again(cough, at_desk, now):
    at_desk("clinician").post(address(cough, "claim/"), {"once": "1"})
    receptionist = at_desk("receptionist", at=now + timedelta(minutes=16))

    here = text_of(receptionist.get(PAGE))
    followed = text_of(receptionist.get(f"/triage/desk/{cough.reference}/"))
    listed = text_of(receptionist.get("/triage/reception/"))

    assert "Waiting again: nobody has it now" in here
    assert "With a clinician" not in followed
    assert "<strong>Waiting again</strong>: Riverside hub, queue, nobody has it now" in followed
    assert "Waiting again: Riverside hub, queue, nobody has it now" in listed
