"""What would be refused is said before it is pressed, and what is needed at its field."""

import pytest

from practices.doors import perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, text_of
from triage import actions
from triage.rules.codes import Need, Urgency

__all__ = ["at_desk", "clock"]
NOT_BACK = {
    Urgency.P0: "An emergency is not handed back.",
    Urgency.P1: "Sign the class before you hand this back.",
    Urgency.P2: "",
}


def _mine(world, acting, now, urgency):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now, raised_to=urgency)
    by = acting(world, "clinician")
    return perform(actions.claim, by=by, at=now, reference=case.reference)


@pytest.mark.parametrize(("urgency", "why"), NOT_BACK.items())
def test_handing_back_is_offered_only_where_it_may_be(world, acting, at_desk, now, urgency, why):
    case = _mine(world, acting, now, urgency)

    page = text_of(at_desk("clinician").get(address(case)))

    assert (why in page, "Hand back to the practice" in page) == (True, not why)


def test_a_p1_somebody_signed_may_be_handed_back(world, acting, at_desk, now):
    case = _mine(world, acting, now, Urgency.P1)
    wish = {"urgency": Urgency.P1, "reason": "as it is"}
    perform(
        actions.change_class,
        by=acting(world, "clinician"),
        at=now,
        reference=case.reference,
        **wish,
    )

    assert "Hand back to the practice" in text_of(at_desk("clinician").get(address(case)))


def test_the_note_says_when_it_is_needed(world, acting, at_desk, now):
    case = _mine(world, acting, now, Urgency.P0)
    client = at_desk("clinician")

    page = text_of(client.get(address(case)))
    wish = CLOSING | {"once": "1", "outcome": "ambulance", "note": "Chest pain"}
    refused = client.post(address(case, "close/"), wish)

    assert "Note for the record (optional)" not in page
    assert "Name and place, if you spoke to them: needed in an emergency." in page
    assert (refused.status_code, "Enter who took over" in text_of(refused)) == (422, True)
