"""An emergency at the hub's own front desk: on each hub clinician's sheet."""

import pytest

from practices.doors import perform
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions

__all__ = ["at_desk", "clock"]


@pytest.fixture
def call(world, acting, now):
    """Somebody collapsed in the hub's waiting room."""
    wish = {"phone": "07700 900123", "where": "Waiting room"}
    return perform(actions.raise_emergency, by=acting(world, "supervisor"), at=now, **wish)


def test_nobodys_is_on_every_hub_clinicians_sheet_and_on_no_practices_day(call, at_desk):
    for name in ("clinician", "supervisor"):
        sheet = text_of(at_desk(name).get("/triage/shift-end/"))
        assert "Ring 07700 900123" in sheet
        assert "Waiting room, since 9:30am" in sheet
        assert "nobody has it" in sheet
    assert "You can close." in text_of(at_desk("receptionist").get("/triage/all-clear/"))
    assert "Ring 07700" not in text_of(at_desk("duty").get("/triage/shift-end/"))
