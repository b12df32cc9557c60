"""A quarter past six, by keyboard: what is swept up, what keeps the hub open, and all clear."""

import re

import pytest

from practices import clock
from practices.clock import on
from practices.doors import perform
from practices.rules.reach import clockwork
from tests.cases import SPOKE, submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from triage import actions
from triage.actions.escalating import call_before_close
from triage.rules.codes import Need, Outcome
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


def press(page, name, *, role="button", says):
    """Reached and pressed without a mouse, and the next page says so."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")
    page.get_by_text(says).first.wait_for()


def test_the_evening_ends_with_nobody_left(committed_world, acting, cough, page, now):
    world = committed_world
    when_the_duty_clinician_looks(world, page)
    when_the_supervisor_wants_to_close(world, page)
    perform(actions.claim, by=acting(world, "duty"), at=now, reference=cough.reference)
    ending = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Ring 111 if worse", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, by=acting(world, "duty"), at=now, reference=cough.reference, wish=ending)
    then_the_hub_closes(page)
    then_the_practice_reads_all_clear(world, page)


def when_the_duty_clinician_looks(world, page):
    sign_in(page, world, "duty")
    page.get_by_role("heading", name="Decide before 6:30pm (1)").wait_for()
    keep_picture(page, "closing-duty")
    assert barriers(page) == []
    page.goto("/triage/cover/")
    keep_picture(page, "closing-cover")
    assert barriers(page) == []
    sign_out(page)


def when_the_supervisor_wants_to_close(world, page):
    sign_in(page, world, "supervisor")
    page.goto("/triage/hub-day/")
    page.get_by_role("heading", name="Riverside hub: 1 case keeps it open").wait_for()
    keep_picture(page, "closing-hub")
    assert barriers(page) == []
    assert page.get_by_role("button", name="Close the hub for today").count() == 0


def then_the_hub_closes(page):
    page.reload()
    press(page, "Close the hub for today", says="Closed for today")
    page.get_by_role("heading", name=CLOSED).wait_for()
    keep_picture(page, "closing-closed")
    assert barriers(page) == []
    page.goto("/triage/shift-end/")
    page.get_by_text("I leave nothing behind.").wait_for()
    keep_picture(page, "closing-sheet")
    assert barriers(page) == []
    page.goto("/triage/hub-day/")
    sign_out(page)


def then_the_practice_reads_all_clear(world, page):
    sign_in(page, world, "receptionist")
    press(page, "All clear", role="link", says="You can close.")
    page.get_by_text("Advice given at 6:15pm").wait_for()
    keep_picture(page, "closing-all-clear")
    assert barriers(page) == []


def sign_out(page):
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/**")
