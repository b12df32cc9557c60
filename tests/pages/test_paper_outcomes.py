"""Endings on paper: with their own time, by a clinician, and beside what a colleague did."""

from datetime import timedelta
from html import unescape

import pytest

from appointments.models import Booking, ContactEvent
from practices.doors import perform
from tests.cases import SPOKE
from tests.pages.sheets import (
    book_on_paper,
    desk,
    enter_request,
    everything,
    only,
    reading,
    signed,
    signed_in,
)
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import Case, CaseOutcome, ContactAttempt, Note, PaperLine, SecondLook
from triage.rules.closing import Record
from triage.rules.codes import Outcome

__all__ = ["desk", "reading"]

SHEET = {
    "number": "CCC-222",
    "happened_on": "2026-11-30",
    "time": "10:20am",
    "outcome": "advice",
    "spoke": "patient:phone",
    "record_viewed": "practice_record",
    "note": "viral",
    "safety_net": "ring if worse",
}


@pytest.fixture
def case(desk, world):
    enter_request(desk, world)
    return only(Case)


@pytest.fixture
def then(now):
    return now + timedelta(minutes=50)


def end_on_paper(world, case, who="supervisor", **said):
    address = f"/triage/paper/enter/{case.reference}/outcome/"
    return signed_in(world, who).post(address, SHEET | said)


def close(world, acting, reading, case):
    wish = actions.OutcomeWish(
        Outcome.ADVICE,
        note="ears clear",
        safety_net="call 111",
        record_viewed=Record.SHARED,
        contact=SPOKE,
    )
    by = acting(world, "clinician")
    perform(actions.close, by=by, at=reading[0], reference=case.reference, wish=wish)


def copied_of(world, case):
    """The note that is copied into the record."""
    page = signed_in(world, "clinician").get(f"/triage/cases/{case.reference}/note/")
    return unescape(text_of(page))


def test_an_outcome_stands_when_it_was_with_whom_was_spoken_to(world, case, then, reading):
    answer = end_on_paper(world, case)

    assert answer["Location"] == f"/triage/paper/enter/{case.reference}/?entered=1"
    closed, outcome, tried = only(Case), only(CaseOutcome), only(ContactAttempt)
    assert (closed.state, closed.closed_at, outcome.at, tried.at) == ("closed", then, then, then)
    assert (outcome.record_viewed, tried.met, tried.channel) == (
        "practice_record",
        "patient",
        "phone",
    )
    line = only(PaperLine, kind="outcome")
    assert (line.number, line.settled, line.happened_at) == ("CCC222", "entered", then)
    assert line.entered_at == reading[0]


def test_a_patient_who_was_seen_counts_when_they_were_seen(
    desk, world, acting, case, then, reading
):
    signed(world, acting, reading, case)
    book_on_paper(desk, case, world)

    end_on_paper(world, case, outcome="booked_practice", who="gp_oak")

    assert (only(Case).state, only(Booking).state) == ("closed", "attended")
    assert only(ContactEvent).at == then


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": ""}, "Choose the outcome that is on the paper"),
        ({"outcome": "advice", "spoke": "nobody"}, "No clinician has spoken with the patient yet"),
        ({"record_viewed": ""}, "Choose which record was viewed"),
        ({"safety_net": " "}, "Enter what to watch for"),
        ({"outcome": "no_contact", "spoke": "nobody"}, "Try 3 more times"),
        ({"time": "9:11am"}, "The request came in at 9:12am on Monday 30 November"),
        ({"time": "11:42am"}, "The time must be in the past"),
        ({"number": "K7M-3QX"}, "This line was entered at 11:40am on Monday 30 November by Sup"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_words_are_kept(
    world, case, said, sentence
):
    if "number" in said:
        end_on_paper(world, case, outcome="pharmacy", **said)
        said = said | {"time": "10:21am"}

    page = end_on_paper(world, case, **said).content.decode()

    assert sentence in page
    assert "viral" in page


def test_what_a_colleague_closed_meanwhile_stands_beside_it_and_nothing_is_lost(
    world, acting, case, reading
):
    close(world, acting, reading, case)

    page = end_on_paper(world, case).content.decode()

    assert "This case was closed meanwhile" in page
    assert "Do this" in page
    for words in ("Advice given, 10:20am", "Spoke with: the patient, by phone", "Note: viral"):
        assert words in page
    for words in ("Advice given, 11:40am, Clinician", "Note: ears clear", "Safety net: call 111"):
        assert words in page
    assert 'value="ended"' not in page
    assert everything(PaperLine, kind="outcome") == []

    end_on_paper(world, case, settle="kept")

    assert only(CaseOutcome).at == reading[0]
    assert only(PaperLine, kind="outcome").settled == "kept"
    kept = everything(Note)[-1].text
    assert kept.splitlines() == [
        "Advice given",
        "Spoke with: the patient, by phone",
        "Record viewed: Practice record",
        "Safety net: ring if worse",
        "Note: viral",
    ]


def test_a_kept_outcome_is_the_clinician_s_and_never_the_patient_s_words(
    world, acting, case, reading
):
    close(world, acting, reading, case)

    end_on_paper(world, case, settle="kept")

    kept = everything(Note)[-1]
    assert (kept.kind, kept.at) == ("clinical", reading[0] - timedelta(minutes=80))
    copied = copied_of(world, case)
    assert copied.count("In the patient's words:") == 1
    assert "In the patient's words: sore for four days" in copied
    wrote = "Clinician's note, 10:20am on Monday 30 November, Supervisor: Advice given"
    assert (wrote in copied, copied.count("ears clear")) == (True, 1)
    shown = text_of(signed_in(world, "receptionist").get(f"/triage/desk/{case.reference}/"))
    assert ("Said again" in shown, "viral" in shown) == (False, False)


def test_a_kept_appointment_is_staff_s_and_never_the_patient_s_words(
    desk, world, acting, case, reading
):
    signed(world, acting, reading, case)

    book_on_paper(desk, case, world, settle="kept")
    close(world, acting, reading, case)

    assert everything(Note, kind="paper")[-1].text == "On paper: 10am today with Gp Oak"
    copied = copied_of(world, case)
    assert "On paper" not in copied
    shown = text_of(signed_in(world, "receptionist").get(f"/triage/desk/{case.reference}/"))
    assert "On a sheet of paper, Monday 30 November, 9:40am" in shown


@pytest.mark.parametrize("settle", ["", "ended"])
def test_a_case_a_colleague_closed_is_not_closed_twice(world, acting, case, reading, settle):
    close(world, acting, reading, case)

    end_on_paper(world, case, settle=settle)

    assert only(CaseOutcome).at == reading[0]
    assert [one.text for one in everything(Note, kind="safety_net")] == ["call 111"]


def test_a_patient_who_called_again_since_is_not_closed_unseen(desk, world, case, then):
    enter_request(
        desk, world, number="K7M-3QY", time="10:30am", words="worse", settle=f"add:{case.reference}"
    )

    page = end_on_paper(world, case).content.decode()

    assert "More was done after that" in page
    assert "Patient called again: Phone, 10:30am" in page
    assert only(Case).state == "waiting"

    end_on_paper(world, case, settle="ended")

    assert (only(Case).state, only(CaseOutcome).at) == ("closed", then)


def test_a_case_with_a_colleague_stays_with_them_until_their_hold_runs_out(
    world, acting, case, reading
):
    take = {"by": acting(world, "clinician"), "reference": case.reference}
    perform(actions.claim, at=reading[0], **take)

    page = end_on_paper(world, case).content.decode()

    assert "A colleague is looking after this case" in page
    assert "With Clinician since 11:40am" in page
    assert only(Case).state == "claimed"

    reading[0] += timedelta(minutes=16)
    end_on_paper(world, case)

    assert only(Case).state == "closed"


def test_an_appointment_made_since_is_not_settled_by_an_older_sheet(
    desk, world, acting, case, reading
):
    signed(world, acting, reading, case)
    book_on_paper(desk, case, world, at="12:45pm", time="10:30am")

    page = end_on_paper(world, case, who="gp_oak", settle="ended").content.decode()

    assert "The patient was booked after that" in page
    assert 'value="ended"' not in page
    assert only(Booking).state == "booked"


def test_a_desk_enters_no_ending(desk, world, case):
    assert "How it ended" not in desk.get(f"/triage/paper/enter/{case.reference}/").content.decode()
    assert end_on_paper(world, case, who="receptionist").status_code in {403, 404}
    assert only(Case).state == "waiting"


@pytest.mark.parametrize(("again", "days"), [("2", [2]), ("", [])])
def test_an_ending_on_paper_may_be_looked_at_again(world, case, reading, now, again, days):
    end_on_paper(world, case, again=again)

    assert [(one.look_by - now.date()).days for one in everything(SecondLook)] == days
