"""A case that becomes more urgent while somebody reads, and the duty clinician's open page."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from practices.doors import perform
from practices.rules.reach import clockwork
from tests.cases import submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.journeys.test_live import pages, queue, served, told, tops
from triage import actions
from triage.actions.escalating import call_for_help
from triage.rules.codes import Need, Urgency

__all__ = ["pages", "queue", "served", "told"]
CLOCKWORK = clockwork("the test")


@pytest.fixture
def sign(committed_world, acting, now):
    """`sign(reference, class)`: a colleague at the hub signs another class."""

    def signed(reference, urgency):
        wish = {"reference": reference, "urgency": urgency, "reason": "Worse now"}
        me = acting(committed_world, "clinician")
        return perform(actions.change_class, by=me, at=now, **wish)

    return signed


def test_a_raised_case_is_said_and_goes_up_when_asked_for(queue, sign):
    before = tops(queue)
    queue.locator("[data-row] a").first.hover()
    last = before[-1][0]

    sign(last, Urgency.P1)
    button = queue.get_by_role("button", name="Show 1 raised case")
    expect(button).to_be_visible()
    expect(queue.locator("#app-polite")).to_have_text("1 case is urgent now")
    while_waiting = tops(queue)
    keep_picture(queue, "live-raised-case-waits")
    button.click()

    assert while_waiting == before
    first = queue.locator("[data-row]").first
    expect(first).to_have_attribute("data-row", last)
    expect(first.locator("a")).to_be_focused()
    expect(button).to_be_hidden()
    assert queue.evaluate("window.neverReloaded")


def test_a_case_that_is_raised_but_not_urgent_waits_quietly(queue, sign):
    last = tops(queue)[-1][0]

    sign(last, Urgency.P3)

    expect(queue.get_by_role("button", name="Show 1 raised case")).to_be_visible()
    sign(last, Urgency.P2)
    expect(queue.locator("#app-polite")).to_have_text("1 case is urgent now")


@pytest.fixture
def duty(committed_world, acting, now, pages):
    """The duty clinician's page, live, with nobody who calls for help."""
    page = pages()
    sign_in(page, committed_world, "duty")
    page.goto("/triage/duty/")
    page.evaluate("window.neverReloaded = true")
    expect(page.get_by_text("Live.", exact=True)).to_be_visible()
    expect(page.get_by_text("No case is past half of its time")).to_be_visible()
    return page


def called_for(case, share):
    """The clockwork has called for help when so much of the case's time was gone."""
    at = case.submitted_at + (case.due_at - case.submitted_at) * share
    return perform(call_for_help, by=CLOCKWORK, at=at, reference=case.reference)


def test_a_call_for_help_comes_to_the_open_duty_page(duty, committed_world, acting, now):
    case = submitted(committed_world, acting, "tam", Need.BACK_JOINT, at=now)
    called_for(case, 0.5)

    calls = duty.get_by_role("region", name="Still in time (1)")
    expect(calls.locator(f'[data-row="{case.reference}"]')).to_be_visible()
    expect(duty.locator("#app-polite")).to_have_text("1 of your patients calls for help")
    expect(duty.locator("#app-assertive")).to_have_text("")
    assert duty.evaluate("window.neverReloaded")
    assert barriers(duty) == []
    keep_picture(duty, "live-duty-call")


def test_a_breach_breaks_in_and_a_hand_back_is_said(duty, committed_world, acting, now):
    """U04: only a breach breaks in."""
    me = acting(committed_world, "clinician")
    friday = now - timedelta(days=3)
    late = submitted(committed_world, acting, "tam", Need.BACK_JOINT, at=friday)
    called_for(late, 1)
    line = duty.get_by_role("region", name="Calls for help", exact=True)
    expect(duty.locator("#app-assertive")).to_have_text(
        "1 of your patients calls for help, 1 of them late"
    )
    now_list = duty.get_by_role("region", name="Needs you now (1)")
    expect(now_list.locator(f'[data-row="{late.reference}"]')).to_be_visible()
    expect(duty.get_by_text("1 patient needs you now: 1 late.")).to_be_visible()
    back = submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    for wish, words in ((actions.claim, {}), (actions.hand_back, {"reason": "Known to you"})):
        perform(wish, by=me, at=now, reference=back.reference, **words)

    expect(line).to_contain_text("1 handed back by the hub, to accept or refuse")
    backs = duty.get_by_role("region", name="Handed back by the hub (1)")
    expect(backs).to_contain_text("Known to you")
    keep_picture(duty, "live-duty-late")


def test_words_to_read_come_to_the_open_duty_page(duty, committed_world, acting, now):
    words = "A crushing pain in my chest since eight"
    case = submitted(committed_world, acting, "zoe", Need.OTHER, at=now, words=words)

    unread = duty.get_by_role("region", name="Words to read now (1)")
    expect(unread.locator(f'[data-row="{case.reference}"]')).to_be_visible()
    assert duty.evaluate("window.neverReloaded")
