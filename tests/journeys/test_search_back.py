"""A list of patients and the way back to it: nothing is asked, and the caret stands behind."""

from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.people import sign_in

CARET = "() => document.activeElement.selectionStart"


def test_back_and_reload_find_the_list_and_the_caret_stands_behind(page, committed_world):
    sign_in(page, committed_world, "receptionist")
    desk = Desk(page)
    desk.finds("oneil")
    hits = page.get_by_role("heading", name="2 patients fit")
    expect(hits).to_be_visible()
    assert "neil" not in page.url
    expect(page.get_by_label("Find the patient")).to_be_focused()
    assert page.evaluate(CARET) == len("oneil")
    desk.keeps("reception-found-again")

    page.get_by_role("link", name="O'NEIL").first.press("Enter")
    page.wait_for_url("**/new/**")
    page.go_back()
    expect(hits).to_be_visible()
    page.reload()

    expect(hits).to_be_visible()
    page.keyboard.type(" zoe")
    expect(page.get_by_label("Find the patient")).to_have_value("oneil zoe")
    desk.found_no_barrier()


def test_without_scripts_as_well(page_without_scripts, committed_world):
    page = page_without_scripts
    sign_in(page, committed_world, "receptionist")
    Desk(page, scripts=False).finds("oneil")
    hits = page.get_by_role("heading", name="2 patients fit")

    page.get_by_role("link", name="O'NEIL").first.press("Enter")
    page.wait_for_url("**/new/**")
    page.go_back()

    expect(hits).to_be_visible()
