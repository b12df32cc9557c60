"""The only page for people who are not signed in."""

from playwright.sync_api import Page, expect

from tests.journeys.people import barriers, keep_picture


def test_the_way_in_has_no_barriers(page: Page):
    page.goto("/practices/sign-in/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert barriers(page) == []
    keep_picture(page, "sign-in")
