"""The network manager's morning: read the day, ask for a rebalance, print it; by keyboard."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from appointments.actions import SessionWish, log_contact, publish_session
from appointments.rules.codes import ContactKind
from networks.actions.snapshots import take_snapshot
from networks.tasks import rebalance
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import filled_queue, submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.pages.browser import width_of
from tests.world import SETUP
from triage import actions
from triage.models import RebalanceRun
from triage.rules.codes import Need


@pytest.fixture
def morning(committed_world, acting, now):
    """Dr Oak has more than is safe, the hub fills up, and people of every class wait."""
    world = committed_world
    receptionist = acting(world, "receptionist")
    with everywhere(because="the test's set-up", at=now):
        for name, place, hour in (
            ("gp_oak", world.oak, 14),
            ("gp_elm", world.elm, 15),
            ("supervisor", world.hub, 14),
            ("clinician", world.hub, 16),
        ):
            wish = SessionWish(
                clinician_id=world.clinicians[name].pk,
                site_id=world.sites[place.pk].pk,
                starts_at=on(now.date(), hour),
                ends_at=on(now.date(), hour) + timedelta(hours=2),
                practice_id=None if place is world.hub else place.pk,
                hub_id=place.pk if place is world.hub else None,
            )
            publish_session(wish=wish, by=SETUP, at=now)
        for name, number in (("gp_oak", 27), ("gp_elm", 22), ("clinician", 6)):
            for _ in range(number):
                log_contact(
                    clinician_id=world.clinicians[name].pk,
                    organisation_id=world.clinicians[name].home_id,
                    kind=ContactKind.PHONE,
                    contact_at=now,
                    by=SETUP,
                    at=now,
                )
    slots = world.slots("supervisor")
    for number, who in enumerate(("zoe", "tam", "zoe_namesake")):
        case = submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
        step = actions.hold if number == 2 else actions.book
        perform(step, by=receptionist, at=now, reference=case.reference, slot_id=slots[number].pk)
    filled_queue(world, 23, at=now - timedelta(minutes=50))
    count(world, now - timedelta(minutes=1))
    return world


def count(world, at):
    perform(take_snapshot, by=SETUP, at=at, network_id=world.network.pk)


FOCUSED = "document.activeElement?.textContent.trim() ?? ''"


def press(page: Page, name: str) -> None:
    """Tab to the control of that name, and Enter: no mouse."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} cannot be reached by keyboard")


def test_a_manager_reads_the_day_and_has_it_rebalanced(page: Page, morning, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    sign_in(page, morning, "manager")
    page.goto("/networks/board/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Riverside network now")
    expect(page.get_by_text("Figures as of 9:29am.")).to_be_visible()
    assert barriers(page) == []
    keep_picture(page, "board-1366")

    press(page, "Rebalance now")
    expect(page.get_by_text("A worker will take it up.")).to_be_visible()
    with everywhere(because="the test is the worker", at=now):
        run = RebalanceRun.objects.get()
    rebalance(run_id=run.pk, network_id=morning.network.pk)
    page.reload()

    expect(page.locator("#run")).to_contain_text("done at")
    expect(page.locator("#run")).to_contain_text("is proved: no lawful plan does better")
    assert barriers(page) == []
    keep_picture(page, "board-rebalanced-1366")


def test_the_board_fits_the_narrowest_phone(phone_page: Page, morning):
    sign_in(phone_page, morning, "manager")
    phone_page.goto("/networks/board/")

    wide = width_of(phone_page)
    keep_picture(phone_page, "board-320")
    assert wide <= 320
    assert barriers(phone_page) == []


def test_a_practice_manager_reads_names_of_their_own(page: Page, morning):
    sign_in(page, morning, "practice_manager")
    page.goto("/networks/board/")

    expect(page.get_by_role("cell", name="Gp Oak, GP")).to_be_visible()
    expect(page.get_by_text("Elm Surgery")).to_have_count(0)
    assert barriers(page) == []
    keep_picture(page, "board-practice-1366")


def test_the_board_needs_no_scripts(page_without_scripts: Page, morning):
    """U46."""
    page = page_without_scripts
    sign_in(page, morning, "manager")
    page.goto("/networks/board/")

    expect(page.get_by_text("Live", exact=True)).to_be_hidden()
    press(page, "Rebalance now")
    expect(page.get_by_text("A worker will take it up.")).to_be_visible()


RENEW = "htmx.ajax('GET', '/networks/board/', {target: '#figures', source: '#figures'})"


def test_new_figures_wait_for_whoever_is_reading(page: Page, morning, now):
    sign_in(page, morning, "manager")
    page.goto("/networks/board/")
    press(page, "Show the numbers")
    count(morning, now)

    with page.expect_response("**/networks/board/"):
        page.evaluate(RENEW)
    expect(page.get_by_text("Figures as of 9:29am.")).to_be_visible()
    expect(page.locator("#by-hour summary")).to_be_focused()

    page.evaluate("document.activeElement.blur()")
    page.evaluate(RENEW)
    expect(page.get_by_text("Figures as of 9:30am.")).to_be_visible()
    expect(page.locator("#by-hour table")).to_be_visible()
    assert barriers(page) == []
