"""The clockwork's beat: how often it looks is what its promises of time rest on."""

from config.celery import app

# A patient who could not be reached is known at the desk within a minute (fault F14).
KNOWN_WITHIN = 60.0


def beat(name: str) -> float:
    """How many seconds lie between two rounds; none that comes late is made up for."""
    entry = app.conf.beat_schedule[name]
    assert entry["options"]["expires"] == entry["schedule"]
    return float(entry["schedule"])


def test_a_message_that_failed_is_known_within_a_minute():
    """We ask just before the carrier knows, and the next round is lost: no worker took it.

    The one after that still comes in time, and leaves the carrier a third of the minute to answer.
    """
    asks_each = beat("hear-of-messages")

    lost_a_round = 2 * asks_each

    assert lost_a_round + KNOWN_WITHIN / 3 <= KNOWN_WITHIN


def test_a_message_leaves_soon_after_it_was_promised():
    """The nudge was lost and so was a round: the sweep after that carries it out."""
    assert 2 * beat("sweep-outbox") <= 10.0


def test_every_beat_is_of_a_task_that_there_is():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()
