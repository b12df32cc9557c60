"""A patient we have no number of: no call is promised before the desk has asked for one."""

import pytest
from playwright.sync_api import expect

from practices.doors import everywhere
from practices.models import Patient
from tests.full_day import planned_ahead
from tests.journeys.conftest import PHONE
from tests.journeys.steps import Steps
from triage.models import Case
from triage.rules.codes import Need

CALL = "Choose: Wait for a clinician’s call"


@pytest.fixture
def nobody_to_ring(committed_world, now):
    """Oak's Zoë has no phone number on record."""
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.update(phone="")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_number_is_given_where_it_is_missed(seat, committed_world, nobody_to_ring, now, scripts):
    desk = seat("receptionist", scripts=scripts)
    steps = Steps("No phone number")
    desk.reaches_the_list("o'neil 14/3/1985")
    expect(desk.page.get_by_role("link", name="A phone number is needed first")).to_be_visible()
    expect(desk.page.get_by_role("button", name=CALL)).to_have_count(0)
    desk.keeps("no-number")
    with steps.step(desk, "Gives the number"):
        desk.fills_in("Phone number to call back", "07700 900555")
        with desk.page.expect_navigation(url="**/options/"):
            desk.presses("Enter")
    with steps.step(desk, "Chooses a clinician's call"):
        desk.follows(CALL, to="**just=sent")
    desk.reads("will call you on 07700 900555")
    desk.keeps("no-number-given")
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().phone == "+447700900555"
    desk.found_no_barrier()


def test_the_pages_fit_a_phone(seat, committed_world, nobody_to_ring):
    """The list without a number, the request, and an appointment planned ahead."""
    planned_ahead(committed_world, "zoe", committed_world.slots("gp_oak")[-1], Need.WOUND_INJURY)
    desk = seat("receptionist")
    desk.reaches_the_list("o'neil 14/3/1985")
    places = desk.page.url
    request = places.removesuffix("options/")
    planned = desk.page.get_by_role("link", name="Cancel or move it").get_attribute("href")

    desk.page.set_viewport_size(PHONE)
    wide = []
    for name, address in (("places", places), ("request", request), ("planned", planned)):
        desk.page.goto(address)
        wide += desk.runs_off()
        desk.keeps(f"no-number-{name}-narrow")

    assert wide == []
    desk.look()
    desk.found_no_barrier()
