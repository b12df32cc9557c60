"""A cancelled appointment: who has just said it is not rung back, and all others are told."""

import pytest

from practices.doors import everywhere, perform
from practices.models import Message, Patient
from tests.cases import submitted
from triage import actions
from triage.models import Case
from triage.rules.codes import Need


@pytest.mark.parametrize(
    ("because", "is_rung", "words"),
    [
        ("patient_asked", False, "We still have your request and will contact you."),
        ("seen_elsewhere", False, "We still read your request by 10:30am"),
        ("clinician_away", True, "We still have your request and will contact you."),
    ],
)
def test_who_has_just_said_it_is_not_rung_back(world, acting, now, because, is_rung, words):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk = acting(world, "receptionist")
    slot = world.slots("gp_oak")[-1]
    booking = perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)
    with everywhere(because="no text can go", at=now):
        Case.objects.update(safe_to_text=False)
        Patient.objects.update(email="")

    gone = {"public_id": str(booking.public_id), "because": because}
    perform(actions.cancel_booking, by=desk, at=now, **gone)

    with everywhere(because="the test looks", at=now):
        told = Message.objects.get(kind="cancelled")
    assert (told.channel, told.to_tell_since is not None) == ("voice", is_rung)
    assert words in told.body
