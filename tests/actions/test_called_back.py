"""What the carrier could not take yet is called back when it may not be said any more."""

import pytest

from practices.actions import leave_unsaid, only_by_voice
from practices.doors import everywhere
from practices.tasks import sweep_outbox
from tests.posting import seen, tell_patient, until_done
from tests.world import SETUP

SAFE = "07700 900555"


@pytest.fixture
def waiting(world, notify, hands, hour):
    """A text that the carrier refused once for the time being."""
    message = tell_patient(world)
    notify.plays = ["unavailable"]
    sweep_outbox()
    assert seen(world, message.reference).state == "sending"
    return message


def call_back(world, hour, *, by_voice):
    with everywhere(because="the patient calls again", at=hour.at):
        if by_voice:
            only_by_voice(case="HR-1", phone=SAFE, by=SETUP, at=hour.at)
        else:
            leave_unsaid("confirmed", case="HR-1", by=SETUP, at=hour.at)


def test_what_was_left_unsaid_does_not_leave_later(world, waiting, notify, hour):
    call_back(world, hour, by_voice=False)

    until_done(world, hour)

    assert (seen(world, waiting.reference).state, notify.taken) == ("superseded", [])


def test_no_text_leaves_later_for_a_number_that_is_not_safe(world, waiting, notify, hour):
    call_back(world, hour, by_voice=True)

    until_done(world, hour)

    found = seen(world, waiting.reference)
    assert (found.state, found.channel, found.send_to) == ("staff_tell", "voice", SAFE)
    assert (found.to_tell_since is None, notify.taken) == (False, [])


def test_the_control_leaves_later(world, waiting, notify, hour):
    until_done(world, hour)

    assert (seen(world, waiting.reference).state, len(notify.taken)) == ("sent", 1)


@pytest.mark.parametrize("by_voice", [True, False])
def test_what_the_carrier_had_already_is_on_record_as_sent(world, notify, hands, hour, by_voice):
    """Its answer was lost, so we did not know."""
    message = tell_patient(world)
    notify.plays = ["take_and_drop"]
    sweep_outbox()
    call_back(world, hour, by_voice=by_voice)

    until_done(world, hour)

    found = seen(world, message.reference)
    assert (found.state, found.settled_at, len(notify.taken)) == ("sent", None, 1)
