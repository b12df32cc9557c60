"""What was typed survives a time-out, and the time-out is announced."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from practices.doors import everywhere
from practices.models import Draft
from tests.journeys.desk import Desk
from tests.journeys.people import PASSWORD, barriers, keep_picture, sign_in

WORDS = "Sore throat for four days, worse since last night"
SECONDS = 1000
IDLE = settings.IDLE_SECONDS * SECONDS
TWO_MINUTES = 120 * SECONDS


@pytest.fixture
def desk(page: Page, committed_world) -> Desk:
    page.clock.install()
    sign_in(page, committed_world, "receptionist")
    found = Desk(page)
    found.finds("o'neil 14/3/1985")
    return found


def test_what_was_typed_is_back_after_the_time_out(desk, committed_world, now):
    page = desk.page
    desk.says_none_was_said()
    desk.types(WORDS)
    with page.expect_response("**/drafts/"):
        page.clock.fast_forward(10 * SECONDS)

    page.clock.fast_forward(IDLE - TWO_MINUTES + SECONDS)
    expect(page.get_by_role("dialog")).to_contain_text("signed out in 2 minutes")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert barriers(page) == []
    keep_picture(page, "signed-out-soon")
    with page.expect_navigation(url="**/sign-in/**"):
        page.clock.fast_forward(TWO_MINUTES)

    page.get_by_label("Username").fill("receptionist")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("own words")).to_have_value(WORDS)
    expect(page.get_by_label("none of these said")).to_be_checked()
    expect(page.get_by_text("was kept and is back")).to_be_visible()
    assert barriers(page) == []
    keep_picture(page, "draft-is-back")
    assert [said for said in desk.complaints if "Clear-Site-Data" not in said] == []


def test_escape_means_that_i_am_here(desk):
    page = desk.page
    page.clock.fast_forward(IDLE - TWO_MINUTES + SECONDS)
    expect(page.get_by_role("dialog")).to_be_visible()

    with page.expect_response("**/still-here/"):
        page.keyboard.press("Escape")
    page.clock.fast_forward(TWO_MINUTES)

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", name="New request")).to_be_visible()


def test_u24_who_stays_in_one_tab_stays_in_all(desk):
    page = desk.page
    other = page.context.new_page()
    other.goto("/triage/reception/")
    page.clock.fast_forward(IDLE - TWO_MINUTES + SECONDS)
    for tab in (page, other):
        expect(tab.get_by_role("dialog")).to_be_visible()

    with page.expect_response("**/still-here/"):
        page.keyboard.press("Escape")

    expect(other.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.fast_forward(TWO_MINUTES)
    for tab, heading in ((page, "New request"), (other, "Free today")):
        expect(tab.get_by_role("heading", name=heading)).to_be_visible()


def test_a_sent_form_leaves_no_draft(desk, committed_world, now):
    page = desk.page
    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types(WORDS)
    with page.expect_response("**/drafts/"):
        page.clock.fast_forward(10 * SECONDS)
    with everywhere(because="the test looks", at=now):
        assert Draft.objects.count() == 1

    desk.sends()

    with everywhere(because="the test looks", at=now):
        assert not Draft.objects.exists()


def test_starting_afresh_forgets_what_was_kept(desk, now):
    page = desk.page
    desk.types(WORDS)
    with page.expect_response("**/drafts/"):
        page.clock.fast_forward(10 * SECONDS)
    page.reload()
    expect(page.get_by_label("own words")).to_have_value(WORDS)

    with page.expect_response("**/drafts/"):
        page.get_by_role("button", name="Start afresh").press("Enter")

    expect(page.get_by_label("own words")).to_have_value("")
    with everywhere(because="the test looks", at=now):
        assert not Draft.objects.exists()


def test_two_tabs_of_a_form_that_names_nobody_never_mix(desk, now):
    """Two callers at once: each tab keeps its own, and a new one starts empty."""
    tabs = [desk.page, desk.page.context.new_page()]
    wheres = ["the bus stop", "the school hall"]
    for tab, where in zip(tabs, wheres, strict=True):
        tab.goto("/triage/emergency/")
        tab.get_by_label("Where").fill(where)
        with tab.expect_response("**/drafts/"):
            tab.clock.fast_forward(10 * SECONDS)

    for tab, where in zip(tabs, wheres, strict=True):
        tab.reload()
        expect(tab.get_by_label("Where")).to_have_value(where)
    tabs[0].goto("/triage/emergency/", wait_until="networkidle")
    expect(tabs[0].get_by_label("Where")).to_have_value("")


def test_two_patients_never_mix(desk, committed_world, now):
    page = desk.page
    desk.types(WORDS)
    with page.expect_response("**/drafts/"):
        page.clock.fast_forward(10 * SECONDS)
    mine = page.url
    other = committed_world.patients["tam"].public_id

    page.goto(f"/triage/patients/{other}/new/", wait_until="networkidle")
    expect(page.get_by_label("own words")).to_have_value("")
    page.goto(mine)
    expect(page.get_by_label("own words")).to_have_value(WORDS)


def test_without_scripts_what_was_sent_too_late_is_back(seat, committed_world, now):
    desk = seat("receptionist", scripts=False)
    page = desk.page
    desk.finds("o'neil 14/3/1985")
    desk.says_none_was_said()
    desk.types(WORDS)
    mine = page.url
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.get_by_role("button", name="Find a place").click()
    expect(page.get_by_text("What you typed is kept for an hour")).to_be_visible()
    keep_picture(page, "sent-late-sign-in")
    page.get_by_label("Username").fill("receptionist")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    assert page.url.startswith(mine)
    expect(page.get_by_label("own words")).to_have_value(WORDS)
    expect(page.get_by_label("none of these said")).to_be_checked()
    expect(page.get_by_text("You were signed out, and nothing was sent")).to_be_visible()
    keep_picture(page, "sent-late-is-back")
    page.set_viewport_size({"width": 320, "height": 640})
    keep_picture(page, "sent-late-is-back-narrow")


def test_an_emergency_in_the_middle_of_a_request_forgets_nothing(desk):
    page = desk.page
    desk.says_none_was_said()
    desk.types(WORDS)

    page.get_by_role("link", name="Emergency now").click()
    expect(page.get_by_label("Phone number to call back")).to_have_value("07700 900123")
    expect(page.get_by_label("Phone number to call back")).to_be_focused()
    expect(page.get_by_text("O'Neil, Zoë")).to_be_visible()
    keep_picture(page, "emergency-of-a-patient")
    page.set_viewport_size({"width": 320, "height": 640})
    keep_picture(page, "emergency-of-a-patient-narrow")
    page.go_back(wait_until="networkidle")

    expect(page.get_by_label("own words")).to_have_value(WORDS)
    expect(page.get_by_label("none of these said")).to_be_checked()
