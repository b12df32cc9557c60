"""Handed back while an appointment still stands: nobody accepts beside it, or books beside it."""

import pytest

from practices.doors import perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.rules.codes import Need


@pytest.fixture
def case(world, acting, now):
    """Booked at the practice; the patient called again, and the hub hands it back."""
    wish = {"at": now, "red_flags_asked": True}
    made = submitted(world, acting, "zoe", Need.SORE_THROAT, **wish)
    desk = {"by": acting(world, "receptionist"), "at": now, "reference": made.reference}
    perform(actions.book, slot_id=world.slots("gp_oak")[0].pk, **desk)
    submitted(world, acting, "zoe", Need.SORE_THROAT, words="Worse today", **wish)
    hub = {"by": acting(world, "clinician"), "at": now, "reference": made.reference}
    perform(actions.claim, **hub)
    return perform(actions.hand_back, reason="Known to their nurse", **hub)


def test_the_practice_does_not_accept_beside_an_appointment_to_come(case, world, acting, now):
    wish = {"by": acting(world, "duty"), "at": now, "reference": case.reference}

    with pytest.raises(Refused, match="The patient still has an appointment"):
        perform(actions.accept_back, note="I ring at 2pm", **wish)


def test_nobody_is_booked_beside_an_appointment_to_come(case, world, acting, now):
    slot = world.slots("gp_oak")[3]
    wish = {"by": acting(world, "duty"), "at": now, "reference": case.reference}

    with pytest.raises(Refused, match="The patient still has an appointment"):
        perform(actions.book, slot_id=slot.pk, **wish)
