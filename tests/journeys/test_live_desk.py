"""The desk's lists learn what happened elsewhere, and nothing moves under the pointer (U05)."""

import pytest
from playwright.sync_api import expect

from practices.doors import perform
from tests.cases import submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.journeys.test_live import pages, served, told, tops
from triage import actions
from triage.rules.codes import Need

__all__ = ["pages", "served", "told"]


@pytest.fixture
def reception(committed_world, acting, now, pages):
    """Reception with one request that waits, live."""
    submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    page = pages()
    sign_in(page, committed_world, "receptionist")
    page.goto("/triage/reception/")
    page.evaluate("window.neverReloaded = true")
    expect(page.get_by_text("Live.", exact=True)).to_be_visible()
    return page


def test_a_new_request_waits_behind_a_button(reception, committed_world, acting, now):
    box = reception.get_by_label("Find the patient")
    box.fill("o'n")
    before = tops(reception)

    case = submitted(committed_world, acting, "child", Need.FEVER_CHILD, at=now)
    button = reception.get_by_role("button", name="Show 1 new case")
    expect(button).to_be_visible()
    expect(box).to_be_focused()
    expect(reception.locator("#app-polite")).to_contain_text("1 new case")
    expect(reception.get_by_role("heading", name="Waiting (2)")).to_be_visible()
    assert [name for name, _ in tops(reception)] == [name for name, _ in before]
    keep_picture(reception, "live-reception")
    button.click()
    expect(reception.locator(f'[data-row="{case.reference}"]')).to_be_visible()
    mine = {"by": acting(committed_world, "clinician"), "at": now, "reference": case.reference}
    perform(actions.claim, **mine)

    expect(reception.locator(f'[data-row="{case.reference}"]')).to_contain_text("Clinician, since")
    assert box.input_value() == "o'n"
    assert reception.evaluate("window.neverReloaded")
    assert barriers(reception) == []
