"""Asking the supervisor now: a timer, a banner, an answer that is kept."""

from datetime import timedelta

import pytest

from practices.doors import perform
from practices.news import Subject
from practices.rules.refusals import Conflict, Forbidden
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from tests.pages.test_undoing import CLOSING, undo_of
from triage import actions
from triage.actions import asking, stepping
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
QUESTION = {"question": "Antibiotics today?", "once": "1"}


@pytest.fixture
def claimed(world, acting, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    return perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)


def test_the_question_runs_a_timer_until_it_is_answered(claimed, at_desk, now):
    at_desk("clinician").post(address(claimed, "ask/"), QUESTION)
    later = now + timedelta(minutes=3, seconds=30)

    theirs = text_of(at_desk("clinician", at=later).get(address(claimed)))
    mine = text_of(at_desk("supervisor", at=later).get("/triage/supervising/"))

    timer = "9:30am, not answered yet, 3 minutes"
    assert f"Clinician asked the supervisor at {timer}" in theirs
    assert timer in mine
    assert "“Antibiotics today?”" in mine
    assert "Ask supervisor now" not in theirs


def test_the_banner_is_the_supervisors_and_goes_with_the_answer(claimed, at_desk):
    at_desk("clinician").post(address(claimed, "ask/"), QUESTION)
    banner = f"Clinician asks the supervisor now, case {claimed.reference}"
    supervisor = at_desk("supervisor")

    before = text_of(supervisor.get("/triage/queue/"))
    supervisor.post(address(claimed, "answer/"), {"reply": "Yes, five days", "once": "2"})
    after = text_of(supervisor.get("/triage/queue/"))
    history = text_of(at_desk("clinician").get(address(claimed)))

    assert banner in before
    assert banner not in after
    assert banner not in text_of(at_desk("physio").get("/triage/queue/"))
    assert "Supervisor answered" in history
    assert "“Yes, five days”" in history
    assert "not answered yet" not in history
    assert "Kept for you until" in history


def test_an_empty_question_is_not_asked(claimed, at_desk):
    said = at_desk("clinician").post(address(claimed, "ask/"), {"question": " ", "once": "1"})

    assert said.status_code == 422
    assert "Enter what you want to ask" in text_of(said)


def test_only_who_has_the_case_asks_and_once(claimed, world, acting, now):
    wish = {"at": now, "reference": claimed.reference, "question": "Really?"}
    perform(asking.ask_supervisor, by=acting(world, "clinician"), **wish)

    with pytest.raises(Conflict, match="has your question already"):
        perform(asking.ask_supervisor, by=acting(world, "clinician"), **wish)
    with pytest.raises(Conflict, match="not with you"):
        perform(asking.ask_supervisor, by=acting(world, "physio"), **wish)


def test_only_a_supervisor_answers_and_only_what_was_asked(claimed, world, acting, now):
    wish = {"at": now, "reference": claimed.reference, "reply": "Yes"}

    with pytest.raises(Forbidden):
        perform(asking.answer_question, by=acting(world, "duty"), **wish)
    with pytest.raises(Conflict, match="Nobody waits"):
        perform(asking.answer_question, by=acting(world, "supervisor"), **wish)


def test_a_question_outlives_a_closing_that_was_undone(claimed, at_desk):
    mine, supervisor = at_desk("clinician"), at_desk("supervisor")
    banner = f"Clinician asks the supervisor now, case {claimed.reference}"
    mine.post(address(claimed, "ask/"), QUESTION)
    closed = mine.post(address(claimed, "close/"), {"once": "2"} | CLOSING)

    while_closed = text_of(supervisor.get("/triage/queue/"))
    mine.post(undo_of(mine.get(closed.url)))
    after = text_of(supervisor.get("/triage/queue/"))
    page = supervisor.get(address(claimed)).content.decode()
    answered = supervisor.post(address(claimed, "answer/"), {"reply": "Five days", "once": "3"})

    assert banner not in while_closed
    assert banner in after
    assert address(claimed, "answer/") in page
    assert answered.status_code == 302
    assert banner not in text_of(supervisor.get("/triage/queue/"))


def test_a_question_that_a_closing_overtook_is_not_asked_again_by_reopening(claimed, at_desk):
    mine, supervisor = at_desk("clinician"), at_desk("supervisor")
    mine.post(address(claimed, "ask/"), QUESTION)
    mine.post(address(claimed, "close/"), {"once": "2"} | CLOSING)
    mine.post(address(claimed, "reopen/"), {"once": "3", "reason": "They rang again"})

    assert "asks the supervisor now" not in text_of(supervisor.get("/triage/queue/"))
    assert address(claimed, "answer/") not in supervisor.get(address(claimed)).content.decode()


def test_closing_and_its_undoing_tell_the_supervisors_pages(claimed, at_desk, monkeypatch):
    told = []
    mine = at_desk("clinician")
    mine.post(address(claimed, "ask/"), QUESTION)
    said = stepping.news.changed
    monkeypatch.setattr(stepping.news, "changed", lambda *to: (told.append(to), said(*to)))

    closed = mine.post(address(claimed, "close/"), {"once": "2"} | CLOSING)
    first = told.count((Subject.ALARMS, claimed.hub_id))
    mine.post(undo_of(mine.get(closed.url)))

    assert (first, told.count((Subject.ALARMS, claimed.hub_id))) == (1, 2)
