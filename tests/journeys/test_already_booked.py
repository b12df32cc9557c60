"""A patient who has an appointment asks for another: the desk reads of it before it books."""

import pytest
from playwright.sync_api import Page, expect

from tests.full_day import planned_ahead
from tests.journeys.desk import Desk
from tests.journeys.people import sign_in
from tests.journeys.test_receptionist import OUT_OF_SIGHT
from triage.rules.codes import Need


@pytest.fixture
def desk(page: Page, committed_world) -> Desk:
    slot = committed_world.slots("gp_oak")[-1]
    planned_ahead(committed_world, "zoe", slot, Need.WOUND_INJURY)
    sign_in(page, committed_world, "receptionist")
    return Desk(page)


def test_what_is_booked_already_is_in_sight_on_the_way_to_a_second(desk):
    already = desk.page.get_by_text("Has an appointment today at")
    desk.finds("o'neil 14/3/1985")
    expect(already).to_have_count(1)
    desk.keeps("reception-new-already-booked")
    assert desk.page.evaluate(OUT_OF_SIGHT) == 0
    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types("Sore throat for four days")
    desk.sends()
    expect(already).to_be_in_viewport(ratio=1)
    desk.keeps("reception-options-already-booked")
    desk.holds_the_best()
    desk.presses("Enter")
    expect(desk.page.get_by_text("Why book both?")).to_be_visible()
    desk.keeps("reception-options-why-both")
    desk.page.get_by_label("Both are needed").check()
    desk.page.get_by_role("button", name="Book it").click()
    desk.page.wait_for_url("**/desk/**just=booked")
    assert desk.scrolled == []
    desk.found_no_barrier()


def test_on_a_phone_it_is_read_without_a_push_sideways(desk):
    desk.page.set_viewport_size({"width": 320, "height": 700})
    desk.finds("o'neil 14/3/1985")
    desk.keeps("reception-new-already-booked-320")
    assert desk.runs_off() == []
    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types("Sore throat for four days")
    desk.sends()
    desk.keeps("reception-options-already-booked-320")
    assert desk.runs_off() == []
