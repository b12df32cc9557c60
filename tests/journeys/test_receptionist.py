"""The receptionist on Monday at half past nine: from the call to the booking, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.people import keep_picture, sign_in


@pytest.fixture
def desk(page: Page, committed_world) -> Desk:
    sign_in(page, committed_world, "receptionist")
    return Desk(page)


def test_from_the_patient_to_the_booking(desk, committed_world):
    desk.finds("o'neil 14/3/1985")
    desk.starts_counting()

    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types("Sore throat for four days")
    desk.sends()
    desk.keeps("options")
    desk.holds_the_best()
    desk.keeps("held")
    desk.confirms()
    desk.keeps("booked")

    expect(desk.page.get_by_role("heading", level=1)).to_have_text(
        "Booked: Monday 30 November, 10am"
    )
    assert (desk.interactions, desk.loads) == (6, 2)
    assert desk.scrolled == []
    assert desk.barriers == []


def test_pictures(desk, committed_world):
    page = desk.page
    keep_picture(page, "reception")
    desk.finds("oneil")
    keep_picture(page, "reception-namesakes")
    desk.finds("o'neil 14/3/1985")
    keep_picture(page, "new-request")
