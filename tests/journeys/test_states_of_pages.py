"""States that no list of addresses reaches: a wall that is quiet or busy, a link that is spent.

Each is looked at as every other page is: wide, narrow, dark and in forced colours.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from practices.doors import perform
from tests.cases import filled_queue, submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.journeys.test_every_page import complaints_of, faults_of
from tests.pages.test_visits import visit
from triage import actions
from triage.actions.own_links import own_link
from triage.actions.wallboards import make_board
from triage.rules.codes import Need

__all__ = ["visit"]
# A television on a wall, and what is read there from four metres: at 40 inches a pixel is
# 0.46 mm, so 43 pixels make letters of 14 mm, the least that four metres allow (1 to 300).
WALL = {"width": 1920, "height": 1080}
LEGIBLE = 43
SMALLEST = """() => Math.min(...[...document.querySelectorAll("#board *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
BELOW = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
MOVES = "getComputedStyle(document.querySelector('.wall')).animationName"


@pytest.fixture
def world(committed_world):
    """The pages' own fixtures work on what a browser can see."""
    return committed_world


@pytest.fixture
def wall(world, acting, now):
    """The link of a display in the corridor."""
    by = acting(world, "supervisor")
    secret = perform(make_board, by=by, at=now, code="HUB1", name="the corridor")
    return f"/triage/wallboard/{secret}/"


@pytest.mark.parametrize("state", ["quiet", "busy"])
def test_u34_a_wall_is_read_from_four_metres_light_and_dark(
    page: Page, wall, world, acting, now, state
):
    """U34; that it names nobody is pages/test_wallboard."""
    if state == "busy":
        filled_queue(world, 40, at=now)
        by = acting(world, "receptionist")
        perform(actions.raise_emergency, by=by, at=now, phone="07700 900123", where="Door")

    faults = faults_of(page, f"wallboard-{state}", wall)
    page.set_viewport_size(WALL)
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look, forced_colors="none", reduced_motion="no-preference")
        keep_picture(page, f"page-wallboard-{state}-{look}-wall")
        faults += [f"{look}: {one}" for one in barriers(page, only=["color-contrast"])]

    assert faults == []
    assert page.evaluate(SMALLEST) >= LEGIBLE
    assert page.evaluate(BELOW) <= 0
    assert page.evaluate(MOVES) == "wall-drift"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVES) == "none"


def test_the_patients_own_link_in_each_of_its_states(page: Page, world, acting, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    booking = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    link = f"/triage/appointment/{own_link(booking.public_id)}/"

    faults = faults_of(page, "own-link-asks", link)
    for year, state in (("1986", "wrong"), ("1985", "asked")):
        for box, typed in (("Day", "14"), ("Month", "3"), ("Year", year)):
            page.get_by_label(box, exact=True).fill(typed)
        page.get_by_role("button").first.click()
        expect(page.get_by_role("heading").first).to_be_visible()
        keep_picture(page, f"page-own-link-{state}-narrow")
        faults += barriers(page)

    expect(page.get_by_text("11am today, at Oak Surgery")).to_be_visible()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_text("Your appointment is cancelled").first).to_be_visible()
    keep_picture(page, "page-own-link-done-narrow")
    faults += barriers(page)
    assert faults == []


def test_pages_that_say_no_say_it_calmly(page: Page, world):
    sign_in(page, world, "receptionist")
    faults = []
    for name, address, status in (
        ("not-found", "/nowhere/", 404),
        ("not-yours", "/triage/queue/", 403),
        ("spent-link", "/triage/appointment/spent/", 404),
    ):
        found = faults_of(page, name, address)
        assert found[:1] == [f"{address}: answers {status}"]
        faults += found[1:]

    assert faults == []


def test_a_visit_is_done_with_a_thumb(phone_page: Page, visit, world):
    complaints = complaints_of(phone_page)
    sign_in(phone_page, world, "gp_oak")

    faults = faults_of(phone_page, "visits-to-do", "/triage/visits/")
    phone_page.emulate_media(color_scheme="light", forced_colors="none")
    for button in phone_page.locator(".app-visit__button:visible, .app-visit summary").all():
        box = button.bounding_box()
        assert box["height"] >= 44, box
    phone_page.get_by_text("Not done").click()
    keep_picture(phone_page, "page-visits-not-done-narrow")
    phone_page.get_by_role("button", name=re.compile("^Done")).click()
    expect(phone_page.get_by_text("The visit is done.")).to_be_visible()
    keep_picture(phone_page, "page-visits-ended-narrow")

    assert faults == []
    assert complaints == []
