"""What is printed on one click is on numbered pages and says when it was printed (U30)."""

import pytest

from tests.cases import filled_queue
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements
from tests.pages.pdf import pages_of
from tests.pages.test_clinic_browser import drawn

__all__ = ["at_desk", "clock", "drawn"]
pytestmark = pytest.mark.browser
ONE_CLICK = {
    "/triage/queue/": "/triage/paper/queue/?print=1",
    "/triage/paper/": "/triage/paper/sessions/?print=1",
}
SHEETS = [f"/triage/paper/{part}/?print=1" for part in ("queue", "sessions", "forms")]
COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; };"


@pytest.mark.parametrize(("page", "sheet"), ONE_CLICK.items())
def test_u30_one_click_leads_to_the_sheet(world, at_desk, page, sheet):
    links = elements(at_desk("duty").get(page).content.decode(), "a")

    assert sheet in [link.get("href") for link in links]


@pytest.mark.parametrize("sheet", SHEETS)
def test_u30_the_sheet_goes_to_the_printer_with_numbers_and_its_time(
    world, at_desk, drawn, chromium, now, sheet
):
    filled_queue(world, 40, at=now)
    answer = at_desk("duty").get(sheet)
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(COUNT_PRINTS)
        page.goto(drawn(answer))
        page.wait_for_function("() => window.prints > 0")
        prints = page.evaluate("window.prints")
        paper = pages_of(page.pdf(prefer_css_page_size=True))

    assert prints == 1
    assert "Printed Monday 30 November, 9:30am" in paper[0]
    assert [f"Page {number} of {len(paper)}" in sheet for number, sheet in enumerate(paper, 1)] == [
        True
    ] * len(paper)
