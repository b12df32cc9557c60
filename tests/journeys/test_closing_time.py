"""A quarter past six, by keyboard: what is swept up, what keeps the hub open, and all clear."""

import re

import pytest

from practices import clock
from practices.clock import on
from practices.doors import perform
from practices.rules.reach import clockwork
from tests.cases import submitted
from tests.journeys.steps import Steps
from triage.actions.escalating import call_before_close
from triage.rules.codes import Need
from triage.rules.last_call import LastCall

QUARTER_PAST_SIX = (18, 15)
# The served clock goes on; how many minutes a slow machine needs until then is nobody's promise.
CLOSED = re.compile(r"closed for today at 6:(1[5-9]|2\d)pm by Supervisor")


@pytest.fixture
def now(now):
    """The evening of the tests' own Monday; the world is built and served at it."""
    return on(now.date(), *QUARTER_PAST_SIX)


@pytest.fixture
def cough(committed_world, acting, now, monkeypatch):
    """Came at four, nobody has it, and the sweep at six has called for it."""
    monkeypatch.setattr(clock, "now", lambda: now)
    four = on(now.date(), 16)
    case = submitted(committed_world, acting, "tam", Need.COUGH_BREATHING, at=four)
    wish = {"reference": case.reference, "call": LastCall.PRACTICE_30}
    perform(call_before_close, by=clockwork("the test"), at=on(now.date(), 18), **wish)
    return case


@pytest.mark.parametrize("scripts", [True, False])
def test_the_evening_ends_with_nobody_left(seat, cough, scripts):
    steps = Steps("18:15")
    duty = seat("duty", scripts=scripts)
    with steps.step(duty, "The duty clinician sees what is left"):
        when_the_duty_clinician_looks(duty)
    supervisor = seat("supervisor", scripts=scripts)
    with steps.step(supervisor, "The supervisor sees what keeps the hub open"):
        when_the_supervisor_wants_to_close(supervisor)
    with steps.step(duty, "The duty clinician decides it"):
        when_the_duty_clinician_decides(duty, cough)
    with steps.step(supervisor, "Closes the hub, and leaves nothing behind"):
        then_the_hub_closes(supervisor)
    desk = seat("receptionist", scripts=scripts)
    with steps.step(desk, "The practice reads all clear"):
        then_the_practice_reads_all_clear(desk)
    print(steps.table())

    for one in (duty, supervisor, desk):
        one.found_no_barrier()


def when_the_duty_clinician_looks(desk):
    desk.page.get_by_role("heading", name="Decide before 6:30pm (1)").wait_for()
    desk.look()
    desk.keeps("closing-duty")
    desk.opens("/triage/cover/")
    desk.look()
    desk.keeps("closing-cover")


def when_the_duty_clinician_decides(desk, cough):
    desk.opens("/triage/duty/")
    desk.follows("Nguyễn", to=f"**/triage/cases/{cough.reference}/**")
    desk.follows("Take this case")
    desk.fills_in("Outcome", "Advice given")
    desk.fills_in("Record viewed", "Summary")
    desk.keeps("closing-decided")
    desk.follows("The patient, by phone")
    desk.reads("The case is closed")


def when_the_supervisor_wants_to_close(desk):
    desk.opens("/triage/hub-day/")
    desk.page.get_by_role("heading", name="Riverside hub: 1 case keeps it open").wait_for()
    desk.look()
    desk.keeps("closing-hub")
    assert desk.page.get_by_role("button", name="Close the hub for today").count() == 0


def then_the_hub_closes(desk):
    desk.opens(desk.page.url)
    desk.follows("Close the hub for today")
    desk.page.get_by_role("heading", name=CLOSED).wait_for()
    desk.keeps("closing-closed")
    desk.opens("/triage/shift-end/")
    desk.page.get_by_text("I leave nothing behind.").wait_for()
    desk.look()
    desk.keeps("closing-sheet")


def then_the_practice_reads_all_clear(desk):
    desk.follows("All clear")
    desk.reads("You can close.")
    desk.reads("Advice given at 6:15pm")
    desk.keeps("closing-all-clear")
