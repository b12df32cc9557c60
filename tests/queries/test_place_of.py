"""What a patient reads of where they are met: nobody travels to a call."""

import pytest

from appointments.models import Booking
from appointments.queries import place_of
from practices.doors import everywhere


@pytest.mark.parametrize(
    ("mode", "words"), [("phone", "by phone"), ("video", "by video"), ("face_to_face", "")]
)
def test_a_call_names_no_building(world, mode, words):
    slot = world.slots("gp_oak")[0]
    with everywhere(because="the test looks", at=world.at):
        said = place_of(Booking(slot_id=slot.pk, mode=mode))

    assert said == (words or "Oak Surgery, 1 Invented Street")
