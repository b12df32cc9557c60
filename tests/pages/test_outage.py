"""A planned outage stands on every page of staff, and one banner at a time does (U43)."""

import pytest
from django.test import Client

from practices.rules.outage import read_outage
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of

__all__ = ["at_desk", "clock"]
PAGE = "/triage/gone-home/"
SAID = "Headroom cannot be used on Sunday 6 December from 2am to 4am"
BANNER = 'data-module="nhsuk-notification-banner"'


@pytest.fixture(autouse=True)
def planned(settings):
    settings.OUTAGE = read_outage("2026-12-06T02:00/2026-12-06T04:00")


@pytest.mark.parametrize(
    ("who", "page"),
    [("receptionist", PAGE), ("supervisor", "/triage/cover/"), ("manager", "/triage/rules/")],
)
def test_staff_read_the_day_and_the_times(world, at_desk, who, page):
    said = text_of(at_desk(who).get(page))

    assert SAID in said
    assert "downtime pack" in said


def test_where_something_else_is_said_there_is_one_banner(world, at_desk):
    wish = {
        "queue": "OAK1",
        "day": "2026-11-30",
        "clinician": world.clinicians["duty"].pk,
        "starts": "1pm",
        "ends": "6.30",
        "phone": "07700 900222",
    }

    said = text_of(at_desk("practice_manager").post("/triage/cover/name/", wish, follow=True))

    assert "Named. The cover table shows it" in said
    assert (SAID in said, said.count(BANNER)) == (False, 1)


def test_without_one_and_to_strangers_nothing_is_said(world, at_desk, settings):
    stranger = text_of(Client().get("/", follow=True))
    settings.OUTAGE = None

    assert SAID not in stranger
    assert "cannot be used" not in text_of(at_desk("receptionist").get(PAGE))
