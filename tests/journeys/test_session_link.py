"""The link of a slot, sent to a colleague who is signed out: sign-in, and then the very slot."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from practices.doors import everywhere
from tests.journeys.people import PASSWORD, barriers, keep_picture
from tests.walls.two_networks import target_of

MARKED = "one => getComputedStyle(one).outlineStyle"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_slot_opens_after_sign_in(request, committed_world, acting, now, scripts):
    page: Page = request.getfixturevalue("page" if scripts else "page_without_scripts")
    world, user = committed_world, committed_world.users["duty"]
    target_of(world, acting)
    with everywhere(because="the test's set-up", at=now):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    session, slot = world.sessions["gp_oak"], world.slots("gp_oak")[4]
    link = f"{reverse('triage:session', args=[session.public_id])}#slot-{slot.pk}"

    page.goto(link)
    page.get_by_label("Username").fill("duty")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)

    there = urlsplit(page.url)
    assert f"{there.path}#{there.fragment}" == link
    row = page.locator(f"#slot-{slot.pk}")
    expect(row).to_contain_text("Leakington, Ada")
    assert row.evaluate(MARKED) == "solid"
    # What looks for barriers is a script itself.
    assert not scripts or barriers(page) == []
    keep_picture(page, "session-link")
