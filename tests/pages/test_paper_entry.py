"""What was on paper is typed in: original times, once, and beside what is there by now."""

from datetime import timedelta

import pytest

from practices import clock
from practices.models import AuditEntry, Message
from tests.cases import submitted
from tests.pages.sheets import (
    desk,
    enter_request,
    everything,
    only,
    reading,
    signed_in,
)
from triage.models import Case, CaseStep, Note, PaperLine
from triage.rules.codes import Need
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


def test_the_same_request_may_be_kept_as_it_is_and_no_word_is_lost(desk, world, acting, reading):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")
    steps = len(everything(CaseStep))

    enter_request(desk, world, settle=f"kept:{there.reference}")

    assert len(everything(CaseStep)) == steps
    assert only(PaperLine).settled == "kept"
    assert [one.text for one in everything(Note)] == ["hurts", "sore for four days"]


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
