"""A hold says how long it is held; at its longest it offers no more time, and once over, anew."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements
from tests.pages.test_clinic_browser import drawn
from triage.rules.codes import Need

__all__ = ["at_desk", "clock", "drawn"]
AT_MOST = "It cannot be held longer than 5 minutes: book it or let it go"


@pytest.fixture
def held_again(world, acting, at_desk, clock, now):
    """The page each time the same place was asked for, after these minutes."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, at = at_desk("receptionist"), f"/triage/desk/{case.reference}"
    pages = []
    for minutes in (0, 1.5, 3, 4.5):
        clock(now + timedelta(minutes=minutes))
        desk.post(f"{at}/hold/", {"slot": world.slots("gp_oak")[0].pk})
        pages.append(desk.get(f"{at}/options/"))
    return pages


def test_what_is_spoken_of_a_hold_is_how_long_it_is_held(held_again):
    said = [
        one["data-say"]
        for page in held_again
        for one in elements(page.content.decode(), "section")
        if one.get("class") == "app-keep"
    ]

    whole = "Held for 2 minutes"
    assert said == [whole, whole, f"{whole}. {AT_MOST}", f"Held for 30 seconds. {AT_MOST}"]
    assert "keep it longer" in held_again[0].content.decode()
    assert "keep it longer" not in held_again[3].content.decode()


@pytest.mark.browser
def test_at_five_minutes_it_cannot_be_held_longer(held_again, drawn, chromium):
    with chromium.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.goto(drawn(held_again[3]))
        again, at_most = (
            page.locator("[data-hold-again]"),
            page.locator(".app-keep").get_by_text(AT_MOST),
        )
        expect(at_most).to_be_visible()
        expect(again).to_be_hidden()

        page.clock.fast_forward(31_000)

        expect(page.get_by_role("button", name="Hold it again")).to_be_visible()
        expect(at_most).to_be_hidden()
