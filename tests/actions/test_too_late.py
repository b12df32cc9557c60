"""News whose time passes before the carrier takes it: it sends nobody anywhere in vain."""

import pytest

from practices.doors import everywhere
from practices.presenters.messages import fate_words
from practices.queries import messages_of_case
from practices.tasks import sweep_outbox
from tests.posting import COMING, seen, tell_patient


@pytest.mark.parametrize("kind", ["received", "confirmed", "reminder", "changed"])
def test_what_names_a_time_is_not_sent_once_it_has_passed(world, notify, hands, hour, kind):
    message = tell_patient(world, kind, due_at=world.at + COMING)
    hour.at = world.at + COMING

    sweep_outbox()

    found = seen(world, message.reference)
    assert (found.state, found.trouble, notify.taken) == ("failed", "passed", [])
    with everywhere(because="the test looks", at=hour.at):
        (words,) = [fate_words(row, now=hour.at) for row in messages_of_case("HR-1")]
    assert words.startswith("Nobody told them in time: the time ")


@pytest.mark.parametrize("kind", ["displaced", "cancelled", "late", "closed"])
def test_what_says_that_a_time_is_off_is_still_sent(world, notify, hands, hour, kind):
    message = tell_patient(world, kind, due_at=world.at + COMING)
    hour.at = world.at + COMING

    sweep_outbox()

    assert seen(world, message.reference).state == "sent"
    assert notify.times_taken() == {str(message.reference): 1}
