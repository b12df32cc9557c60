"""A session ends: announced, on every page of the browser, and also where nobody answers (U24)."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from tests.journeys.desk import Desk
from tests.journeys.people import PASSWORD, barriers, keep_picture, sign_in
from tests.journeys.test_server_gone import line, served

__all__ = ["line", "served"]
WORDS = "Sore throat for four days"
SECONDS = 1000
IDLE = settings.IDLE_SECONDS * SECONDS
TWO_MINUTES = 120 * SECONDS
COVERED = "This page is covered"


@pytest.fixture
def desk(page: Page, committed_world) -> Desk:
    page.clock.install()
    sign_in(page, committed_world, "receptionist")
    found = Desk(page)
    found.finds("o'neil 14/3/1985")
    return found


def test_where_nobody_answers_the_page_is_covered_and_not_left(desk, line):
    page = desk.page
    desk.types(WORDS)
    address = page.url
    line.cut()
    page.clock.fast_forward(IDLE - TWO_MINUTES + SECONDS)
    box = page.get_by_role("dialog")
    expect(box.get_by_role("heading", name="You will be signed out soon")).to_be_visible()

    page.get_by_role("button", name="Stay signed in").press("Enter")
    expect(box).to_contain_text("Headroom did not answer")
    page.clock.fast_forward(TWO_MINUTES)

    expect(box.get_by_text(COVERED)).to_be_visible()
    expect(page.locator("#maincontent")).to_be_hidden()
    assert page.url == address
    page.keyboard.press("Escape")
    expect(page.locator("#maincontent")).to_be_hidden()
    assert barriers(page) == []
    keep_picture(page, "covered")
    page.set_viewport_size({"width": 320, "height": 640})
    keep_picture(page, "covered-narrow")

    line.mend()
    with page.expect_navigation(url="**/sign-in/**"):
        page.clock.fast_forward(11 * SECONDS)
    page.get_by_label("Username").fill("receptionist")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("own words")).to_have_value(WORDS)


def test_what_was_typed_is_kept_where_the_session_was_over_first(desk, line):
    """Hours later the server is back and knows nobody: the words are its writer's all the same."""
    page = desk.page
    desk.types(WORDS)
    line.cut()
    page.clock.fast_forward(IDLE - TWO_MINUTES + SECONDS)
    page.clock.fast_forward(TWO_MINUTES)
    expect(page.get_by_role("dialog").get_by_text(COVERED)).to_be_visible()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    line.mend()
    with page.expect_navigation(url="**/sign-in/**"):
        page.clock.fast_forward(11 * SECONDS)
    page.get_by_label("Username").fill("receptionist")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_label("own words")).to_have_value(WORDS)


def test_who_signs_out_shows_no_patient_in_another_tab(desk):
    other = desk.page.context.new_page()
    other.goto("/triage/reception/")

    with desk.page.expect_navigation(url="**/sign-in/**"):
        other.get_by_role("button", name="Sign out").press("Enter")

    expect(desk.page.get_by_text("O'Neil, Zoë")).to_have_count(0)


def nearly_over(route: Route) -> None:
    """The page as it is drawn ten minutes before the end of a shift."""
    answer = route.fetch()
    drawn = re.sub(r'data-shift-seconds="\d+"', 'data-shift-seconds="600"', answer.text())
    route.fulfill(response=answer, body=drawn)


def test_twelve_hours_after_signing_in_two_minutes_are_left(desk):
    page = desk.page
    page.route("**/triage/reception/", nearly_over)
    page.goto("/triage/reception/")
    box = page.get_by_role("dialog")

    page.clock.fast_forward(476 * SECONDS)

    expect(box.get_by_text("You signed in almost 12 hours ago")).to_be_visible()
    expect(page.locator("#app-assertive")).to_contain_text("signed out in 2 minutes")
    keep_picture(page, "shift-ends-soon")
    page.get_by_role("button", name="Go on until then").press("Enter")
    expect(box).to_be_hidden()
    with page.expect_navigation(url="**/sign-in/**"):
        page.clock.fast_forward(TWO_MINUTES)
