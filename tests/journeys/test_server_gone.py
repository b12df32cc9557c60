"""The server or the line to it is gone, and the browser does not know: a page is never lost."""

import pytest
from playwright.sync_api import expect

from practices.doors import everywhere
from practices.models import Draft
from tests.journeys.desk import Desk
from tests.journeys.line import line_to
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.processes import Served, web_server
from triage.models import Case

WORDS = "Sore throat for four days"
GONE = "Headroom does not answer"
SECONDS = 1000


@pytest.fixture
def line(committed, now, tmp_path):
    with (
        web_server(committed, now, tmp_path / "web.log") as real,
        line_to(real.port) as line,
    ):
        yield line


@pytest.fixture
def served(line, tmp_path) -> Served:
    return Served(port=line.port, log=tmp_path / "web.log")


@pytest.fixture
def desk(page, committed_world) -> Desk:
    page.clock.install()
    sign_in(page, committed_world, "receptionist")
    found = Desk(page)
    found.finds("o'neil 14/3/1985")
    return found


def test_a_link_never_leads_to_the_browsers_own_page(desk, line):
    page = desk.page
    desk.types(WORDS)
    address = page.url
    page.clock.fast_forward(11 * SECONDS)
    line.cut()

    page.get_by_role("link", name="Front desk").press("Enter")

    expect(page.get_by_label(GONE)).to_contain_text("nothing can be sent")
    expect(page.locator("#app-assertive")).to_contain_text("What you typed is still here")
    assert page.url == address
    assert barriers(page) == []
    keep_picture(page, "server-gone")
    line.mend()
    page.clock.fast_forward(6 * SECONDS)
    expect(page.get_by_label(GONE)).to_have_count(0)
    page.get_by_role("link", name="Front desk").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Front desk")


def test_words_sent_as_soon_as_they_are_typed_are_still_there(desk, line, now):
    """The draft of ten seconds ago is none yet; the server is gone at this very moment."""
    page = desk.page
    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types(WORDS)
    line.cut()

    page.get_by_role("button", name="Find a place").press("Enter")

    expect(page.get_by_label(GONE)).to_be_visible()
    expect(page.get_by_label("own words")).to_have_value(WORDS)
    line.mend()
    page.clock.fast_forward(6 * SECONDS)
    expect(page.get_by_label(GONE)).to_have_count(0)
    desk.sends()
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().need == "sore_throat"
        assert not Draft.objects.exists()


def test_words_that_are_refused_are_a_draft_until_they_are_taken(desk, now):
    page = desk.page
    desk.types(WORDS)

    page.get_by_role("button", name="Find a place").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("There is a problem")

    with everywhere(because="the test looks", at=now):
        assert [draft.fields["words"] for draft in Draft.objects.all()] == [[WORDS]]


def test_a_request_that_fails_tells_that_the_server_is_gone(desk, line):
    page = desk.page
    page.goto("/triage/reception/")
    line.cut()

    page.get_by_label("Find the patient").press_sequentially("o'n")
    page.clock.fast_forward(1 * SECONDS)

    expect(page.get_by_label(GONE)).to_be_visible()
    expect(page.get_by_label("Find the patient")).to_have_value("o'n")


# What would ask the server for something, and does not say that it cannot, and why.
STILL_LIVE = """() => [...document.querySelectorAll("a[href], button, input[type=submit]")]
  .filter((one) => one.checkVisibility() && one.type !== "button")
  .filter((one) => !/^(#|tel:)/.test(one.getAttribute("href") ?? ""))
  .filter((one) => one.getAttribute("aria-disabled") !== "true"
    || !one.getAttribute("aria-describedby")?.split(" ").includes("app-lost-why"))
  .map((one) => one.outerHTML)"""


def test_nothing_can_be_pressed_that_needs_the_server(desk, line):
    """U31: each control says so, and why; the times too."""
    page = desk.page
    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types(WORDS)
    desk.sends()
    page.clock.fast_forward(11 * SECONDS)
    live = page.evaluate(STILL_LIVE)
    line.cut()

    page.get_by_role("link", name="Leave it for now").press("Enter")

    expect(page.get_by_label(GONE)).to_be_visible()
    assert (len(live) > 0, page.evaluate(STILL_LIVE)) == (True, [])
    time = page.locator(".app-time").first
    expect(time).to_have_attribute("aria-disabled", "true")
    time.press("Enter")
    expect(page.locator("#app-assertive")).to_contain_text("What you typed is still here")
    expect(page.locator(".app-hold")).to_have_count(0)
    assert barriers(page) == []
    keep_picture(page, "server-gone-places")
    line.mend()
    page.clock.fast_forward(6 * SECONDS)
    expect(page.get_by_label(GONE)).to_have_count(0)
    assert page.evaluate(STILL_LIVE) == live
