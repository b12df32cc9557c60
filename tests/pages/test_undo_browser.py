"""The offer to undo goes when its time is over, with and without scripts; the test moves time."""

import pytest

from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_browser import drawn
from triage.rules.codes import Need

__all__ = ["at_desk", "clock", "drawn"]
pytestmark = pytest.mark.browser

AT_FIRST = "() => document.getAnimations().forEach(one => { one.pause(); one.currentTime = 0 })"
IT_IS_OVER = "() => document.getAnimations().forEach(one => one.finish())"
ON = "name => document.activeElement.className === name"
COUNT = """() => {
  window.sent = [];
  const count = (event) => { event.preventDefault(); window.sent.push(event.submitter.value); };
  document.addEventListener("submit", count, true);
}"""
UNDO = ".app-undo__now button"
LATE = ".app-undo__late"


@pytest.fixture
def address(world, acting, at_desk, drawn, now):
    """The page after a case was taken."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    where = f"/triage/cases/{case.reference}/claim/"
    return drawn(at_desk("clinician").post(where, {"once": "1"}, follow=True))


@pytest.mark.parametrize("scripts", [True, False])
def test_the_button_goes_when_it_is_too_late(chromium, address, scripts):
    with chromium.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(AT_FIRST)
        before = page.locator(UNDO).is_visible(), page.locator(LATE).is_visible()

        page.evaluate(IT_IS_OVER)

        after = page.locator(UNDO).is_visible(), page.locator(LATE).is_visible()
        assert (before, after) == ((True, False), (False, True))
        assert "Too late to undo. To give the case back, release it" in page.inner_text(LATE)


def test_who_stood_on_the_button_is_told_what_to_do_instead(chromium, address):
    """U03: the focus never falls to the body."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(AT_FIRST)
        page.locator(UNDO).focus()

        page.evaluate(IT_IS_OVER)

        page.wait_for_function(ON, arg="app-undo__late")


def test_enter_after_a_number_says_of_nobody_that_they_answered(chromium, address):
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(COUNT)
        page.locator("#attempt_number").fill("01632 960 456")

        page.locator("#attempt_number").press("Enter")
        by_enter = page.evaluate("window.sent")
        page.get_by_role("button", name="No answer").press("Enter")
        # What is not kept yet is kept before it is sent.
        page.wait_for_function("window.sent.length > 0")

        assert (by_enter, page.evaluate("window.sent")) == ([], ["nobody"])


def test_u45_what_was_said_stays_until_the_page_is_left(chromium, address):
    with chromium.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.goto(address)
        said = page.locator(".nhsuk-notification-banner").get_by_text("The case is with you")
        before = said.is_visible()

        page.evaluate(IT_IS_OVER)
        page.clock.fast_forward(60 * 60 * 1000)

        assert (before, said.is_visible()) == (True, True)


def test_nothing_moves_when_the_time_is_over(chromium, address):
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(AT_FIRST)
        before = page.locator("h1").bounding_box()

        page.evaluate(IT_IS_OVER)

        assert page.locator("h1").bounding_box() == before
