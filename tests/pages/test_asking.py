"""Asking the supervisor now: a timer, a banner, an answer that is kept."""

from datetime import timedelta

import pytest

from practices.doors import perform
from practices.rules.refusals import Conflict, Forbidden
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.actions import asking
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
