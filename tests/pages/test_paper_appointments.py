"""Appointments, outcomes and contacts on paper, beside what is there by now."""

from datetime import timedelta

import pytest

from appointments.models import Booking, ContactEvent
from practices.doors import perform
from practices.models import Message
from tests.cases import submitted
from tests.pages.sheets import (
    book_on_paper,
    desk,
    enter_request,
    everything,
    only,
    place,
    reading,
    signed,
    signed_in,
)
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import Case, CaseStep, ContactAttempt, Note, PaperLine
from triage.rules.codes import Need

__all__ = ["desk", "reading"]


def test_an_appointment_that_was_made_on_paper_is_booked_though_it_has_begun(
    desk, world, acting, reading, now
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    book_on_paper(desk, case, world)

    booking, step = only(Booking, state="booked"), everything(CaseStep)[-1]
    made = now + timedelta(minutes=10)
    assert (booking.slot_id, booking.booked_at) == (place(world).pk, made)
    assert (step.step, step.at, step.entered_at) == ("book", made, reading[0])
    assert everything(Message, kind="confirmed") == []


def test_control_a_place_that_had_begun_when_the_sheet_was_written_is_refused(
    desk, world, acting, reading
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    page = book_on_paper(desk, case, world, time="10:01am").content.decode()

    assert "already started" in page
    assert everything(Booking) == []


def test_a_place_that_was_sold_meanwhile_is_shown_and_another_is_chosen(
    desk, world, acting, reading
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    sold = submitted(world, acting, "tam", Need.SORE_THROAT, at=reading[0])
    signed(world, acting, reading, sold)
    late = place(world, -1)
    wish = {"reference": sold.reference, "slot_id": late.pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    page = book_on_paper(desk, case, world, at="12:45pm").content.decode()

    assert "On paper: 12:45pm today with Gp Oak" in page
    assert "The place is taken: Nguyễn, Tâm, born 24 December 1950" in page
    other = place(world, -2)
    assert f'value="slot:{other.pk}"' in page
    assert everything(PaperLine, kind="booking") == []

    book_on_paper(desk, case, world, at="12:45pm", settle=f"slot:{other.pk}")

    booked = {one.case_ref: one.slot_id for one in everything(Booking, state="booked")}
    assert booked == {sold.reference: late.pk, case.reference: other.pk}
    assert only(PaperLine, kind="booking").settled == "elsewhere"
    assert "On paper: 12:45pm today with Gp Oak" in [one.text for one in everything(Note)]


def test_an_appointment_made_meanwhile_is_kept_or_moved_as_chosen(
    desk, world, acting, reading, now
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    wish = {"reference": case.reference, "slot_id": place(world, -1).pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    page = book_on_paper(desk, case, world, at="12:30pm").content.decode()

    assert "The patient has an appointment: 12:45pm today with Gp Oak, Oak Surgery" in page
    assert only(Booking, state="booked").slot_id == place(world, -1).pk

    book_on_paper(desk, case, world, at="12:30pm", settle="move")

    booking, step = only(Booking, state="booked"), everything(CaseStep)[-1]
    moved = now + timedelta(minutes=10)
    assert (booking.slot_id, booking.booked_at) == (place(world, -2).pk, moved)
    assert (step.step, step.at, step.entered_at) == ("move_booking", moved, reading[0])


def test_an_appointment_is_moved_to_one_that_has_begun_since(desk, world, acting, reading):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    wish = {"reference": case.reference, "slot_id": place(world, -1).pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    book_on_paper(desk, case, world, time="10:01am", settle="move")

    assert only(Booking, state="booked").slot_id == place(world, -1).pk

    book_on_paper(desk, case, world, settle="move")

    assert only(Booking, state="booked").slot_id == place(world).pk
    assert everything(Message, kind="changed") == []


@pytest.mark.parametrize("settle", ["slot:x", "slot:", "slot:²", "add:", "move"])
def test_a_choice_that_is_none_books_nothing(desk, world, acting, reading, settle):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    answer = book_on_paper(desk, case, world, at="12:31pm", settle=settle)

    assert answer.status_code == 200
    assert everything(Booking) == []


def test_a_nul_in_a_choice_books_nothing(desk, world, acting, reading):
    enter_request(desk, world)
    signed(world, acting, reading, only(Case))

    answer = book_on_paper(desk, only(Case), world, at="12:31pm", settle="\x00")

    assert answer.status_code == 400
    assert everything(Booking) == []


def test_a_clinician_who_changed_is_a_choice_not_a_guess(desk, world, acting, reading):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    elm = world.clinicians["clinician"].pk

    page = book_on_paper(desk, case, world, at="12:31pm", clinician=elm).content.decode()

    assert "Headroom has no such appointment" in page
    assert 'value="kept"' in page
    assert everything(Booking) == []


def test_contacts_and_attempts_count_when_they_were(desk, world, acting, now):
    enter_request(desk, world)
    case = only(Case)
    clinician = signed_in(world, "clinician")
    when = {"happened_on": "2026-11-30", "time": "10:05am"}

    clinician.post(
        f"/triage/paper/enter/{case.reference}/attempt/",
        when | {"number": "DDD-222/1", "channel": "phone", "met": "nobody"},
    )
    clinician.post(
        "/triage/paper/enter/contact/", when | {"number": "DDD-222/2", "kind": "brief_advice"}
    )

    then = now + timedelta(minutes=35)
    assert everything(CaseStep)[-1].at == then
    assert only(ContactEvent).at == then
    assert [one.number for one in everything(PaperLine)] == ["K7M3QX", "DDD222/1", "DDD222/2"]


def test_who_answered_on_which_number_is_entered_as_it_is_on_the_sheet(desk, world):
    enter_request(desk, world)
    clinician = signed_in(world, "clinician")
    sheet = {"number": "DDD-222/1", "happened_on": "2026-11-30", "time": "10:05am"}
    tried = sheet | {"channel": "phone", "met": "other", "number_rung": "07700"}
    where = f"/triage/paper/enter/{only(Case).reference}/attempt/"

    short = clinician.post(where, tried)
    clinician.post(where, tried | {"number_rung": "07700 900456"})

    assert (short.status_code, "Enter the whole number you rang" in text_of(short)) == (200, True)
    kept = only(ContactAttempt)
    assert (kept.met, kept.number_end, kept.answered) == ("other", "456", False)


def test_a_case_next_door_cannot_be_entered_for(desk, world, acting, reading):
    case = submitted(world, acting, "ellen", Need.SORE_THROAT, at=reading[0])

    answers = [
        desk.get(f"/triage/paper/enter/{case.reference}/").status_code,
        book_on_paper(desk, case, world).status_code,
        enter_request(desk, world, "ellen").status_code,
    ]

    assert answers == [404, 404, 404]


BEFORE = {"number": "EEE-222", "happened_on": "2026-11-30", "time": "9:05am"}


@pytest.mark.parametrize(
    ("what", "who", "said"),
    [
        ("booking", "receptionist", {}),
        ("attempt", "clinician", {"channel": "phone", "met": "nobody"}),
        (
            "outcome",
            "clinician",
            {
                "outcome": "advice",
                "spoke": "patient:phone",
                "record_viewed": "practice_record",
                "note": "viral",
                "safety_net": "ring if worse",
            },
        ),
    ],
)
def test_nothing_is_entered_from_before_the_request_came_in(
    desk, world, acting, reading, what, who, said
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    place_of = {
        "slot_on": "2026-11-30",
        "slot_time": "12:45pm",
        "clinician": world.clinicians["gp_oak"].pk,
    }

    answer = signed_in(world, who).post(
        f"/triage/paper/enter/{case.reference}/{what}/", BEFORE | place_of | said
    )

    page = answer.content.decode()
    assert "The request came in at 9:12am" in page
    assert "Enter a time after that" in page
    assert len(everything(PaperLine)) == 1
