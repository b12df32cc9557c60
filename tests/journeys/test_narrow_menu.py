"""The menu on the narrowest phone, where its script is off, or has not come."""

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.pages.browser import WIDTH

PAGES = (
    "/triage/reception/",
    "/triage/arrivals/",
    "/triage/messages/",
    "/triage/tasks/",
    "/triage/paper/",
    "/triage/emergency/",
)
MENU = "document.querySelectorAll('.nhsuk-header__navigation-item').length"


def _too_wide(page: Page) -> list[str]:
    """The pages that can be pushed sideways. `width_of` would wait for the script."""
    page.set_viewport_size(PHONE)
    found = []
    for address in PAGES:
        page.goto(address)
        assert page.evaluate(MENU) > 3
        if (width := int(page.evaluate(WIDTH))) > PHONE["width"]:
            found.append(f"{address} is {width} wide")
    return found


def test_without_scripts_no_menu_pushes_a_phone_sideways(seat):
    assert _too_wide(seat("receptionist", scripts=False).page) == []


def test_before_the_menu_s_script_has_come_neither_does_it(seat):
    page = seat("receptionist").page
    page.route("**/nhsuk-frontend.js", lambda route: route.abort())

    assert _too_wide(page) == []
