"""The hub clinician's job from the queue to the closed case, by keyboard alone."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.journeys.desk import Desk
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.journeys.steps import Steps
from tests.pages.browser import width_of
from triage import actions
from triage.models import Case
from triage.rules.codes import Need


def a_morning_of_cases(world, acting, now):
    """Cases of several classes, one late, one with words to read, one with a colleague."""
    earlier = now - timedelta(minutes=50)
    made = {
        "late": submitted(world, acting, "child", Need.FEVER_CHILD, at=now - timedelta(hours=3)),
        "words": submitted(
            world, acting, "ellen", Need.OTHER, at=earlier, words="Chest pain since breakfast"
        ),
        "rash": submitted(world, acting, "zoe", Need.SKIN_RASH, at=earlier, words="Itchy arms"),
        "back": submitted(world, acting, "zoe_namesake", Need.BACK_JOINT, at=earlier),
        "planned": submitted(world, acting, "tam", Need.FOLLOW_UP, at=earlier),
    }
    perform(
        actions.claim,
        by=acting(world, "supervisor"),
        at=now - timedelta(minutes=4),
        reference=made["late"].reference,
    )
    return made


def test_a_case_goes_from_the_queue_to_closed_by_keyboard(committed_world, acting, now, page: Page):
    """U01: everything by Tab, Enter and Space."""
    world = committed_world
    made = a_morning_of_cases(world, acting, now)
    sign_in(page, world, "clinician")

    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    assert barriers(page) == []
    keep_picture(page, "clinician-queue-1366")
    desk = Desk(page)
    steps = Steps("Hub clinician: from the queue to closed")
    with steps.step(desk, "Takes the next case"):
        desk.follows("Next for me", to="**/triage/cases/**")

    assert made["words"].reference in page.url
    expect(page.get_by_text("Read these words now")).to_be_visible()
    keep_picture(page, "clinician-case-1366")
    with steps.step(desk, "Chooses the outcome"):
        desk.fills_in("Outcome", "Sent to hospital")
    with steps.step(desk, "Says which record was read"):
        desk.fills_in("Record viewed", "Shared")
    with steps.step(desk, "Closes the case"):
        desk.follows("The patient, by phone", to="**/triage/queue/")

    print(steps.table())
    expect(page.get_by_text("The case is closed")).to_be_visible()
    assert steps.cost == (4, 2)
    desk.found_no_barrier()
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=made["words"].pk).state == "closed"


def test_a_refused_form_says_what_to_do(committed_world, acting, now, page: Page):
    world = committed_world
    made = a_morning_of_cases(world, acting, now)
    sign_in(page, world, "clinician")
    page.goto(f"/triage/cases/{made['rash'].reference}/")
    page.get_by_role("button", name="Take this case").press("Enter")

    page.get_by_role("button", name="The patient, by phone").press("Enter")

    expect(page).to_have_title(f"Error: Case {made['rash'].reference} – Headroom")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert barriers(page) == []
    keep_picture(page, "clinician-case-errors-1366")


def test_a_phone_shows_queue_and_case_without_sideways_scroll(
    committed_world, acting, now, phone_page: Page
):
    world, page = committed_world, phone_page
    made = a_morning_of_cases(world, acting, now)
    sign_in(page, world, "clinician")

    for address, name in (
        ("/triage/queue/", "queue"),
        (f"/triage/cases/{made['words'].reference}/", "case"),
    ):
        page.goto(address)
        width = width_of(page)
        keep_picture(page, f"clinician-{name}-320")
        assert (name, width) == (name, 320)
        assert barriers(page) == []


def test_without_scripts_a_case_is_taken_and_released(
    committed_world, acting, now, page_without_scripts: Page
):
    """U46."""
    world, page = committed_world, page_without_scripts
    a_morning_of_cases(world, acting, now)
    sign_in(page, world, "clinician")

    page.get_by_role("button", name="Next for me").click()
    page.get_by_role("button", name="Release").click()

    expect(page.get_by_text("Released. The case waits in its old place")).to_be_visible()


def test_the_duty_clinician_sees_what_falls_to_them(committed_world, acting, now, page: Page):
    world = committed_world
    made = a_morning_of_cases(world, acting, now)
    clinician = acting(world, "clinician")
    perform(
        actions.release, by=acting(world, "supervisor"), at=now, reference=made["late"].reference
    )
    perform(actions.claim, by=clinician, at=now, reference=made["rash"].reference)
    perform(
        actions.hand_back,
        by=clinician,
        at=now,
        reference=made["rash"].reference,
        reason="Known to your dermatology nurse",
    )
    perform(
        actions.raise_emergency,
        by=acting(world, "receptionist"),
        at=now,
        phone="07700900456",
        where="Flat 2, Invented Street",
    )

    sign_in(page, world, "duty")

    expect(page.locator(".app-alarms__what").first).to_contain_text("ring 07700 900456")
    expect(page.get_by_text("Known to your dermatology nurse")).to_be_visible()
    assert barriers(page) == []
    keep_picture(page, "duty-1366")
