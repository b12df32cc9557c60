"""What had been set out before somebody asked in confidence is not sent after."""

import pytest

from practices.doors import everywhere
from practices.models import Message
from tests.pages.test_calling import MOTHER, asks, desk, newest

__all__ = ["desk"]


@pytest.mark.parametrize("given", ["", "07700 900555"])
def test_what_was_to_be_sent_is_only_spoken_once_it_is_confidential(desk, world, now, given):
    """The text to the mother's phone has not left when the young person calls alone."""
    child = world.patients["child"]
    asks(desk, child, asks_who="yes", phone="", **MOTHER)
    with everywhere(because="the test looks", at=now):
        queued = Message.objects.get()
    asks(desk, child, asks_who="yes", for_whom="self", phone=given, words="Worse")

    case = newest(now)
    with everywhere(because="the test looks", at=now):
        said = list(Message.objects.filter(case_ref=case.reference))
    assert (queued.state, queued.send_to) == ("queued", child.phone)
    assert {(one.state, one.channel, one.send_to) for one in said} == {
        ("staff_tell", "voice", case.phone)
    }
    assert {one.trouble for one in said} == {"" if given else "no_phone"}
