"""What was on paper is typed in: original times, once, and beside what is there by now."""

from datetime import timedelta

import pytest

from appointments.models import Booking
from practices import clock
from practices.doors import perform
from practices.models import AuditEntry, Message
from tests.cases import SPOKE, submitted
from tests.pages.sheets import (
    desk,
    enter_request,
    everything,
    only,
    place,
    reading,
    signed,
    signed_in,
)
from triage import actions
from triage.models import Case, CaseStep, Note, PaperLine
from triage.rules.codes import Need, Outcome
from triage.rules.states import Step

__all__ = ["desk", "reading"]


def test_the_clock_of_a_request_starts_when_it_was_asked(desk, world, reading, now):
    answer = enter_request(desk, world, need="skin_rash")

    case, step = only(Case), only(CaseStep)
    asked = now - timedelta(minutes=18)
    assert (case.submitted_at, step.at, step.entered_at) == (asked, asked, reading[0])
    assert answer["Location"] == f"/triage/paper/enter/{case.reference}/?entered=1"
    audit = only(AuditEntry, verb="case.submit")
    assert audit.at == reading[0]
    line = only(PaperLine)
    assert (line.number, line.settled, line.case_id) == ("K7M3QX", "entered", case.pk)


def test_the_due_time_counts_from_then_and_a_late_case_says_so(desk, world, now):
    address = enter_request(desk, world, words="chest pain when walking")["Location"]

    case = only(Case)
    assert case.due_at < clock.now()
    assert "overdue by" in desk.get(address).content.decode()
    history = desk.get(f"/triage/desk/{case.reference}/").content.decode()
    assert "9:12am: Submitted, Receptionist (from paper, entered Monday 30 November, 11:40am)" in (
        history
    )
    assert everything(Message) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"time": "11:42am"}, "The time must be in the past. 11:42am on Monday 30 November has"),
        ({"happened_on": "2026-11-28", "time": "11:39am"}, "must be within the last 48 hours"),
        ({"time": "soon"}, "Enter the time that is on the paper, like 9:12am"),
        ({"number": "?"}, "Enter the number printed on the form"),
    ],
)
def test_a_time_or_number_that_cannot_be_is_refused_and_the_words_are_kept(
    desk, world, said, sentence
):
    page = enter_request(desk, world, **said).content.decode()

    assert sentence in page
    assert "sore for four days" in page
    assert everything(Case) == []


def test_a_line_is_entered_once(desk, world):
    enter_request(desk, world)

    page = enter_request(desk, world, "tam", number="k7m 3qx").content.decode()

    reference = only(Case).reference
    assert (
        f"entered at 11:40am on Monday 30 November by Receptionist: request, case {reference}"
        in (page)
    )
    assert "Write a letter after it" in page


def test_a_copy_of_a_sheet_has_a_letter_and_is_another_line(desk, world):
    enter_request(desk, world)

    enter_request(desk, world, "tam", number="K7M-3QXB")

    assert len(everything(Case)) == 2


def test_another_house_may_have_the_same_number(desk, world):
    enter_request(desk, world)

    enter_request(signed_in(world, "receptionist_elm"), world, "ellen")

    assert len(everything(PaperLine, number="K7M3QX")) == 2


def test_a_patient_who_rang_meanwhile_is_shown_beside_the_sheet(desk, world, acting, reading):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")

    page = enter_request(desk, world).content.decode()

    assert "This patient has an open case already" in page
    assert "“sore for four days”" in page
    assert "“hurts”" in page
    assert 'value="new"' not in page
    assert len(everything(Case)) == 1

    enter_request(desk, world, settle=f"add:{there.reference}")

    case, step = only(Case), everything(CaseStep)[-1]
    assert (step.step, step.entered_at) == (Step.REPEAT_CONTACT, reading[0])
    assert case.due_at <= there.due_at
    assert only(PaperLine).settled == "added"
    assert [one.text for one in everything(Note)] == ["hurts", "sore for four days"]


OVER = actions.OutcomeWish(
    Outcome.ADVICE, safety_net="ring if worse", record_viewed="summary", contact=SPOKE
)
P0 = (0, "provisional", ["heart_attack"])
RED = {
    "none_said": "",
    "red_flags": "heart_attack",
    "words": "cannot pass water, numb saddle, chest pain",
    "phone": "07700 900555",
}


@pytest.mark.parametrize(("how", "settled"), [("add", "added"), ("kept", "kept")])
def test_a_sheet_beside_an_open_case_counts_as_a_call_about_it(
    desk, world, acting, reading, now, how, settled
):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")
    signed(world, acting, reading, there)

    enter_request(desk, world, settle=f"{how}:{there.reference}", **RED)

    case, step = only(Case), everything(CaseStep)[-1]
    assert (case.urgency, case.urgency_status, case.red_flags) == P0
    assert {"heart_attack", "cauda_equina"} <= set(case.scan_hits)
    assert (case.read_due_at, case.phone) == (reading[0] + timedelta(minutes=5), "+447700900555")
    asked = now - timedelta(minutes=18)
    assert (step.step, step.at, step.entered_at) == (Step.REPEAT_CONTACT, asked, reading[0])
    kept = only(Note, pk=step.note_id)
    assert (kept.text, kept.at) == (RED["words"], asked)
    assert case.due_at <= asked + timedelta(minutes=5)
    assert only(PaperLine).settled == settled


def test_keeping_what_is_there_makes_no_second_case_and_no_second_appointment(
    desk, world, acting, reading
):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")
    signed(world, acting, reading, there)
    wish = {"reference": there.reference, "slot_id": place(world, 10).pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    enter_request(desk, world, settle=f"kept:{there.reference}")

    case = only(Case)
    assert (case.state, case.bookable_now) == ("waiting", False)
    assert [one.pk for one in everything(Booking, state="booked")] == [case.booking_id]
    assert [one.text for one in everything(Note, kind="again")] == ["sore for four days"]


@pytest.mark.parametrize("how", ["add", "kept"])
@pytest.mark.parametrize("need", ["sore_throat", "skin_rash"])
def test_an_older_case_that_was_chosen_takes_the_sheet(
    desk, world, acting, reading, now, how, need
):
    there = submitted(world, acting, "zoe", Need(need), at=now - timedelta(hours=30))

    enter_request(desk, world, settle=f"{how}:{there.reference}")

    assert [one.reference for one in everything(Case)] == [there.reference]
    assert everything(CaseStep)[-1].step == Step.REPEAT_CONTACT
    assert only(PaperLine).case_id == there.pk


@pytest.mark.parametrize("chosen", [0, 1])
def test_of_two_cases_about_the_same_the_chosen_one_takes_the_sheet(
    desk, world, acting, now, chosen
):
    cases = [
        submitted(world, acting, "zoe", Need.SORE_THROAT, at=now - timedelta(hours=hours))
        for hours in (40, 2)
    ]

    page = enter_request(desk, world).content.decode()
    enter_request(desk, world, settle=f"add:{cases[chosen].reference}")

    again = only(CaseStep, step=Step.REPEAT_CONTACT)
    for one in cases:
        assert f"Sore throat ({one.reference}), waiting, came in" in page
    assert (len(everything(Case)), again.case_id) == (2, cases[chosen].pk)


@pytest.mark.parametrize("how", ["add", "kept"])
def test_a_case_closed_meanwhile_is_said_where_it_was_chosen_and_nothing_is_lost(
    desk, world, acting, reading, how
):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0])
    end = {"reference": there.reference, "wish": OVER}
    perform(actions.claim, by=acting(world, "clinician"), at=reading[0], reference=there.reference)
    perform(actions.close, by=acting(world, "clinician"), at=reading[0], **end)

    page = enter_request(desk, world, settle=f"{how}:{there.reference}", **RED).content.decode()

    assert "The case that was chosen is not open any more. Nothing is entered yet" in page
    assert "No request of this patient is open now" in page
    assert "Make a case of its own" in page
    kept = (RED["words"], RED["phone"], 'value="heart_attack" data-flag checked', 'value="9:12am"')
    assert [words for words in kept if words not in page] == []
    assert (everything(PaperLine), len(everything(Case))) == ([], 1)

    enter_request(desk, world, settle="new", **RED)

    assert [one.urgency for one in everything(Case, state="waiting")] == [0]


def test_paperwork_is_not_added_to_what_a_clinician_does(desk, world, acting, reading):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0])

    page = enter_request(desk, world, need="admin").content.decode()
    refused = enter_request(desk, world, need="admin", settle=f"add:{there.reference}")

    assert f"add:{there.reference}" not in page
    assert 'value="new"' in page
    assert "One of the two is paperwork" in refused.content.decode()
    assert everything(PaperLine) == []

    enter_request(desk, world, need="admin", settle="new")

    assert {one.lane for one in everything(Case)} == {"hub", "practice"}


def test_paperwork_that_was_raised_still_takes_a_sheet_about_it(desk, world, acting, now):
    then = now - timedelta(hours=30)
    there = submitted(world, acting, "zoe", Need.ADMIN, at=then, words="I am out of insulin")

    enter_request(desk, world, need="admin", settle=f"add:{there.reference}")

    assert (only(Case).pk, there.lane) == (there.pk, "hub")


def test_another_problem_is_a_case_of_its_own(desk, world, acting, reading):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=reading[0])

    page = enter_request(desk, world).content.decode()
    enter_request(desk, world, settle="new")

    assert 'value="new"' in page
    assert len(everything(Case)) == 2


def test_somebody_else_s_case_cannot_be_chosen(desk, world, acting, reading):
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0])
    other = submitted(world, acting, "tam", Need.SORE_THROAT, at=reading[0])

    enter_request(desk, world, settle=f"kept:{other.reference}")

    assert everything(PaperLine) == []
