"""The clinician's pages in a real browser: what must be read is readable, and all of it fits."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from practices.doors import perform
from tests.cases import filled_queue, submitted
from tests.pages import browser as real
from tests.pages.clinic import at_desk, clock
from triage import actions
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
pytestmark = pytest.mark.browser


@pytest.fixture
def drawn(tmp_path):
    """`drawn(page)` is the address of an answer of the application, in the files' server."""
    numbers = count()
    with real.serving(tmp_path) as served:

        def keep(answer):
            # A name of its own: a page drawn again within a second would count as unchanged.
            name = f"page-{next(numbers)}.html"
            (tmp_path / name).write_bytes(answer.content)
            return f"{served}/{name}"

        yield keep


def seen(chromium, address, ask, **look):
    """What `ask` reads off the page when it is looked at like this."""
    with chromium.new_context(**look) as context:
        page = context.new_page()
        page.goto(address)
        return ask(page)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_999_sentence_can_be_read(world, acting, at_desk, drawn, chromium, now, look):
    case = submitted(
        world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True
    )
    answer = at_desk("receptionist").get(f"/triage/desk/{case.reference}/")

    contrast = seen(
        chromium,
        drawn(answer),
        lambda page: page.locator(".nhsuk-card--care--emergency .app-say").evaluate(real.CONTRAST),
        **look,
    )

    assert contrast >= real.READABLE


def test_what_is_kept_until_a_day_names_the_day(world, acting, at_desk, drawn, chromium, now):
    """Who accepts what the hub hands back has it until it is due: no clock counts 32 hours."""
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    wish = {"reference": case.reference, "at": now}
    perform(actions.claim, by=acting(world, "clinician"), **wish)
    why = {"reason": "Known to your nurse"}
    perform(actions.hand_back, by=acting(world, "clinician"), **wish, **why)
    perform(actions.accept_back, by=acting(world, "duty"), **wish, note="I ring today")
    answer = at_desk("duty").get(f"/triage/cases/{case.reference}/")

    said = seen(chromium, drawn(answer), lambda page: page.locator(".app-hold__left").inner_text())

    assert re.fullmatch(r"Kept for you until \S+( on \w+ \d+ \w+)?", said)


def test_a_case_is_counted_down_as_a_case(world, acting, at_desk, drawn, chromium, now):
    """No place runs out here: for a quarter of an hour the case is theirs alone."""
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    address = drawn(at_desk("clinician").get(f"/triage/cases/{case.reference}/"))

    with chromium.new_context() as context:
        page = context.new_page()
        page.clock.install(time=0)
        page.clock.pause_at(1)
        page.goto(address)
        left, voice = page.locator(".app-hold__left"), page.locator("#app-polite")
        expect(left).to_have_text("Yours for 15 minutes")
        page.clock.run_for(13.5 * 60_000)
        expect(voice).to_have_text("Others may take this case in 2 minutes.")
        page.clock.run_for(2 * 60_000)
        expect(left).to_contain_text("Others may take this case now: keep it if you go on.")


def test_the_queue_fits_a_small_phone(world, acting, at_desk, drawn, chromium, now):
    submitted(world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True)
    filled_queue(world, 6, at=now)
    answer = at_desk("clinician").get("/triage/queue/")

    width = seen(
        chromium,
        drawn(answer),
        real.width_of,
        viewport={"width": 320, "height": 640},
    )

    assert width == 320


def test_it_fits_before_the_menu_is_folded_too(world, at_desk, drawn, chromium):
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.route("**/nhsuk-frontend.js", lambda route: route.abort())
        page.goto(drawn(at_desk("clinician").get("/triage/queue/")))

        assert page.evaluate(real.WIDTH) == 320
