"""A patient in two minds: booked, moved to the hub in one step, cancelled, and booked again."""

import pytest
from playwright.sync_api import expect

from appointments.models import Booking
from practices.doors import everywhere
from practices.models import Message
from tests.journeys.steps import Steps

LIVE = {"held", "booked", "arrived"}


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def desk(seat, request):
    return seat("receptionist", scripts=request.param)


def given_a_booked_patient(desk):
    desk.reaches_the_list("o'neil 14/3/1985")
    desk.holds_the_best()
    desk.confirms()


def when_it_is_moved_to_the_hub(desk):
    desk.tab_to("Move")
    with desk.page.expect_navigation(url="**/options/"):
        desk.presses("Enter")
    desk.keeps("reception-move")
    desk.tab_to("Riverside hub")
    with desk.page.expect_navigation(url="**/desk/*/"):
        desk.presses("Enter")
    desk.look()


def when_it_is_cancelled(desk):
    desk.tab_to("Cancel the appointment")
    with desk.page.expect_navigation(url="**/cancel/"):
        desk.presses("Enter")
    desk.tab_to("The patient asked")
    desk.presses("Space")
    desk.tab_to("Cancel the appointment")
    with desk.page.expect_navigation(url="**just=cancelled"):
        desk.presses("Enter")
    desk.look()
    desk.keeps("reception-cancelled")


def when_a_place_is_found_again(desk):
    desk.tab_to("Find a place")
    with desk.page.expect_navigation(url="**/options/"):
        desk.presses("Enter")
    desk.holds_the_best()
    desk.confirms()


def test_a_patient_in_two_minds(desk, committed_world, now):
    steps = Steps("Patient in two minds")
    given_a_booked_patient(desk)
    with steps.step(desk, "Moves the booking to the hub"):
        when_it_is_moved_to_the_hub(desk)
    banner = desk.page.locator(".nhsuk-notification-banner")
    expect(banner).to_contain_text("The appointment is moved")
    expect(desk.page.get_by_text("Riverside hub").first).to_be_visible()
    with steps.step(desk, "Cancels it"):
        when_it_is_cancelled(desk)
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Waiting")
    with steps.step(desk, "Books again"):
        when_a_place_is_found_again(desk)
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        rows = list(Booking.objects.order_by("id").values_list("state", "hub_id"))
        told = list(Message.objects.order_by("id").values_list("kind", flat=True))
    hub = committed_world.hub.pk
    settled = [row for row in rows if row[0] != "expired"]
    assert settled == [("moved", None), ("cancelled", hub), ("booked", None)]
    assert told[-3:] == ["changed", "cancelled", "confirmed"]
    assert desk.barriers == []
    assert desk.complaints == []
