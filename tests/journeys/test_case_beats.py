"""An open case stays with whoever has it, without a press; whose it is no more, the page says."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from triage import actions
from triage.models import Case
from triage.rules.codes import Need

BEAT = 241_000


def lease(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk).lease_until


def test_an_open_case_is_kept_until_it_is_no_longer_theirs(page, committed_world, acting, now):
    case = submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    mine = {"by": acting(committed_world, "clinician"), "reference": case.reference}
    perform(actions.claim, at=now, **mine)
    page.clock.install()
    sign_in(page, committed_world, "clinician")
    page.goto(f"/triage/cases/{case.reference}/")
    page.evaluate("window.neverReloaded = true")
    before = lease(case, now)
    page.get_by_role("button", name="Release").focus()

    with page.expect_response("**/keep/"):
        page.clock.fast_forward(BEAT)

    assert lease(case, now) > before
    expect(page.get_by_role("button", name="Release")).to_be_focused()
    expect(page.locator(".app-hold__left")).to_contain_text(re.compile("Yours for 1[45] minutes"))
    perform(actions.release, at=now + timedelta(minutes=1), **mine)
    page.clock.fast_forward(BEAT)
    expect(page.locator(".app-hold__left")).to_contain_text("This case is not with you")
    expect(page.locator("#app-assertive")).to_contain_text("This case is not with you")
    assert page.evaluate("window.neverReloaded")
    assert barriers(page) == []
    keep_picture(page, "case-no-longer-mine")
