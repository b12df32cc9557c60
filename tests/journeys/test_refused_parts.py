"""A part of a page that the server refuses, or cannot answer, is said in words (U03, U18)."""

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.desk import Desk
from tests.journeys.people import barriers, keep_picture

SORRY = '<main id="maincontent"><h1>{}</h1><p>{}</p><p>Go on</p></main>'
QUICKER = "Somebody was quicker"
# What comes back for a press, and what is read and heard of it.
ANSWERS = {
    "503 of ours": (
        {"status": 503, "headers": {"Retry-After": "5"}, "body": SORRY.format("Busy", "Safe.")},
        ("Busy", "Safe.", "Try again in 5 seconds."),
    ),
    "503 of somebody before us": ({"status": 503, "body": ""}, ("Headroom did not answer",)),
    "500": ({"status": 500, "body": SORRY.format("Sorry", "Our side.")}, ("Sorry", "Our side.")),
    "409": ({"status": 409, "body": SORRY.format(QUICKER, "Gone.")}, (QUICKER, "Gone.")),
    "403": ({"status": 403, "body": SORRY.format("Not yours", "No.")}, ("Not yours", "No.")),
    "nothing": ({}, ("Headroom did not answer", "try it again")),
}


def answering(how: dict[str, object]):
    def answer(route: Route) -> None:
        if how:
            route.fulfill(content_type="text/html", **how)
        else:
            route.abort("connectionrefused")

    return answer


@pytest.fixture
def desk(seat) -> Desk:
    return seat("receptionist")


def test_a_hold_that_is_refused_is_said_and_the_focus_stays_on_it(desk):
    page = desk.page
    desk.reaches_the_list("o'neil 14/3/1985")
    said, heard = page.get_by_label("Not done"), page.locator("#app-assertive")
    times = page.locator(".app-time")
    for number, (name, (how, words)) in enumerate(ANSWERS.items()):
        pressed = times.nth(number % 2)
        page.route("**/hold/", answering(how))
        pressed.press("Enter")
        for sentence in words:
            expect(said, name).to_contain_text(sentence)
            expect(heard, name).to_contain_text(sentence.rstrip("."))
        expect(pressed, name).to_be_enabled()
        expect(pressed, name).to_be_focused()
        page.unroute("**/hold/")
    keep_picture(page, "refused-hold")
    found = barriers(page)
    page.set_viewport_size({"width": 320, "height": 640})
    keep_picture(page, "refused-hold-narrow")

    times.first.press("Enter")

    expect(page.locator(".app-hold")).to_be_visible()
    expect(said).to_have_count(0)
    assert found == []


def test_what_our_own_page_says_of_it_is_what_is_read(desk):
    """The page for 404 as the server draws it, with the reference to say."""
    page = desk.page
    desk.reaches_the_list("o'neil 14/3/1985")
    page.route("**/hold/", lambda route: route.continue_(url=f"{route.request.url[:-5]}nowhere/"))

    page.locator(".app-time").first.press("Enter")

    said = page.get_by_label("Not done")
    expect(said).to_contain_text("Page not found")
    expect(said).to_contain_text("say this reference")


def test_a_search_that_is_not_answered_says_so(desk):
    page = desk.page
    page.goto("/triage/reception/")
    page.route("**/triage/reception/", answering({}))

    page.get_by_label("Find the patient").press_sequentially("o'n")

    expect(page.get_by_label("Not done")).to_contain_text("Headroom did not answer")
    expect(page.locator("#app-assertive")).to_contain_text("Headroom did not answer")
    expect(page.get_by_label("Find the patient")).to_be_focused()
