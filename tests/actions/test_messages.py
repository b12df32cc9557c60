"""What patients are told, once, and never about somebody else."""

import pytest

from practices.actions import tell
from practices.doors import everywhere
from practices.models import Message
from tests.world import SETUP


def _tell(world, who, *, case=""):
    return tell(
        "changed",
        patient=world.patients[who],
        case=case,
        phone="07700 900123",
        starts_at=world.at,
        place="Oak Surgery",
        by=SETUP,
        at=world.at,
    )


@pytest.fixture
def reaching(world):
    with everywhere(because="the test tells patients", at=world.at):
        yield world


def _states():
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_second_time_supersedes_the_first(reaching):
    _tell(reaching, "zoe", case="HR-1")
    _tell(reaching, "zoe", case="HR-1")

    assert _states() == ["superseded", "queued"]


def test_without_a_case_another_patients_message_stands(reaching):
    _tell(reaching, "zoe")
    _tell(reaching, "tam")

    assert _states() == ["queued", "queued"]


def test_the_words_hold_no_reason_and_no_empty_reference(reaching):
    message = _tell(reaching, "zoe")

    assert message.body == (
        "Your appointment has changed. It is now at 9:30am on Monday 30 November, Oak Surgery."
    )
