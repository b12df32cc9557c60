"""What patients are told, once, and never about somebody else."""

from datetime import timedelta
from uuid import UUID

import pytest

from practices.actions import tell
from practices.actions.delivery import Errand, deliver
from practices.doors import everywhere
from practices.models import Message
from practices.post.training import TrainingPost
from tests.world import SETUP

ONE, ANOTHER = UUID(int=1), UUID(int=2)


def _tell(world, who, *, case="", appointment=None):
    return tell(
        "changed",
        patient=world.patients[who],
        case=case,
        appointment=appointment,
        phone="07700 900123",
        starts_at=world.at + timedelta(hours=3),
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


@pytest.mark.parametrize(("second", "first_is"), [(ONE, "superseded"), (ANOTHER, "queued")])
def test_planned_appointments_are_told_of_apart(reaching, second, first_is):
    """The first that is on its way already is overtaken only by news of its own."""
    waiting = _tell(reaching, "zoe", appointment=ONE)
    _tell(reaching, "zoe", appointment=second)
    states = _states()

    Message.objects.filter(pk=waiting.pk).update(state="sending")
    errand = Errand(message_id=waiting.pk, asks_first=False)
    deliver(errand=errand, post=TrainingPost(), by=SETUP, at=reaching.at)

    assert states == [first_is, "queued"]
    assert _states()[0] == ("superseded" if second == ONE else "sent")


def test_the_words_hold_no_reason_and_no_empty_reference(reaching):
    message = _tell(reaching, "zoe")

    assert message.body == (
        "Your appointment has changed. It is now at 12:30pm on Monday 30 November, Oak Surgery."
        " If you cannot come, call your practice."
    )
