"""A question to the supervisor goes to somebody: who is there, else the duty clinician."""

from datetime import timedelta

import pytest

from practices.clock import on
from practices.doors import opened, perform
from practices.rules.refusals import Forbidden
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_asking import QUESTION
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.actions import asking
from triage.models import CaseStep
from triage.queries.asked import open_questions
from triage.rules.asking import ANSWER_IN, UNANSWERED
from triage.rules.codes import Need
from triage.tasks import escalate

__all__ = ["at_desk", "clock"]
NOBODY = "No supervisor is here now. The practice’s duty clinician is called as soon as you ask."


def claimed(world, acting, at):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=at)
    return perform(actions.claim, by=acting(world, "clinician"), at=at, reference=case.reference)


def banner(case):
    return (
        f"Clinician asks the supervisor now, case {case.reference}."
        " No supervisor is here or answers: please answer"
    )


@pytest.fixture
def busy(world, now):
    """The supervisor has a session at this time."""
    return on(now.date(), 10, 30)


def test_with_nobody_there_it_says_so_and_the_duty_clinician_answers(world, acting, at_desk, now):
    case = claimed(world, acting, now)
    mine, duty = at_desk("clinician"), at_desk("duty")
    before = text_of(mine.get(address(case)))

    mine.post(address(case, "ask/"), QUESTION)
    theirs, page = text_of(mine.get(address(case))), duty.get(address(case))
    done = duty.post(address(case, "answer/"), {"reply": "Yes, five days", "once": "2"})

    assert NOBODY in before
    assert "the duty clinician was called at 9:30am" in theirs
    assert banner(case) in text_of(page)
    assert address(case, "answer/") in page.content.decode()
    assert done.status_code == 302
    assert "“Yes, five days”" in text_of(mine.get(address(case)))
    assert banner(case) not in text_of(duty.get("/triage/queue/"))


def test_who_is_there_is_named_and_asked_alone_for_ten_minutes(world, acting, at_desk, clock, busy):
    case = claimed(world, acting, busy)
    mine = at_desk("clinician", at=busy)
    before = text_of(mine.get(address(case)))
    mine.post(address(case, "ask/"), QUESTION)
    wish = {"reference": case.reference, "reply": "Yes"}
    with pytest.raises(Forbidden):
        perform(asking.answer_question, by=acting(world, "duty"), at=busy, **wish)

    called = []
    for late in (ANSWER_IN - timedelta(seconds=1), ANSWER_IN, ANSWER_IN + timedelta(minutes=1)):
        clock(busy + late)
        escalate()
        called.append(
            banner(case) in text_of(at_desk("duty", at=busy + late).get("/triage/queue/"))
        )

    assert "Here now: Supervisor." in before
    assert called == [False, True, True]
    supervisor = acting(world, "supervisor")
    with opened(supervisor.reach, at=busy):
        assert CaseStep.objects.filter(case=case, code=UNANSWERED).count() == 1


def test_a_question_of_the_day_before_yesterday_is_still_asked(world, acting, now):
    case = claimed(world, acting, now)
    wish = {"reference": case.reference, "question": "Antibiotics?"}
    perform(asking.ask_supervisor, by=acting(world, "clinician"), at=now, **wish)
    supervisor = acting(world, "supervisor")

    with opened(supervisor.reach, at=now + timedelta(days=2)):
        assert [one.reference for one in open_questions(world.hub.pk)] == [case.reference]
