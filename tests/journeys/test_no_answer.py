"""No answer three times: tried by policy, then a clinician signs that they could not be reached."""

from datetime import timedelta

import pytest

from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.invariants import broken
from tests.journeys.steps import Steps
from triage import actions
from triage.models import Case, CaseOutcome, ContactAttempt
from triage.rules.codes import Need


@pytest.fixture
def rung_twice(committed_world, acting, now, monkeypatch):
    """Rung half an hour ago and texted a quarter of an hour ago; nobody answered."""
    monkeypatch.setattr(clock, "now", lambda: now)
    earlier = now - timedelta(minutes=40)
    case = submitted(committed_world, acting, "tam", Need.COUGH_BREATHING, at=earlier)
    clinician = acting(committed_world, "clinician")
    for minutes, channel in ((32, "phone"), (16, "text")):
        at = now - timedelta(minutes=minutes)
        wish = {"reference": case.reference, "channel": channel, "answered": False}
        perform(actions.record_attempt, by=clinician, at=at, **wish)
    return case


@pytest.mark.parametrize("scripts", [True, False])
def test_after_three_tries_a_clinician_signs(seat, rung_twice, now, scripts):
    desk = seat("clinician", scripts=scripts)
    steps = Steps("No answer three times")
    with steps.step(desk, "Takes the case, and closes it too early"):
        when_they_close_it_too_early(desk, rung_twice)
    with steps.step(desk, "Nobody answers the third call"):
        when_nobody_answers_the_third_call(desk)
    with steps.step(desk, "The clinician signs"):
        when_the_clinician_signs(desk)
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=rung_twice.pk)
        ends = list(CaseOutcome.objects.values_list("code", flat=True))
        tried = list(ContactAttempt.objects.order_by("id").values_list("channel", "answered"))
    assert (case.state, ends) == ("closed", ["no_contact"])
    assert tried == [("phone", False), ("text", False), ("phone", False)]
    assert broken(at=now) == []
    desk.found_no_barrier()


def when_they_close_it_too_early(desk, case):
    desk.opens(f"/triage/cases/{case.reference}/")
    desk.follows("Take this case")
    desk.fills_in("Outcome", "Could not")
    desk.follows("Nobody")
    desk.reads("Try 1 more time")
    desk.keeps("no-answer-too-early")


def when_nobody_answers_the_third_call(desk):
    desk.opens(desk.page.url.removesuffix("close/"))
    desk.follows("No answer")
    desk.keeps("no-answer-three")


def when_the_clinician_signs(desk):
    desk.fills_in("Outcome", "Could not")
    desk.follows("Nobody", to="**/triage/queue/")
    desk.reads("The case is closed")
