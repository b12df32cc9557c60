"""Once, or visibly not at all: a crash between the carrier's yes and our mark (fault F13)."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as how_many
from hypothesis import strategies as st

from practices import tasks
from tests.notify import ANSWERS, KEY, TEMPLATE
from tests.posting import Forgetful, seen, tell_patient, until_done


def _lives(world, hour, hands, notify, plays, kills):
    """One message's life under these answers and kills; they are undone."""
    sid = transaction.savepoint()
    notify.plays, notify.taken[:], hands.kills = list(plays), [], list(kills)
    hour.at = world.at
    try:
        message = tell_patient(world)
        until_done(world, hour)
        found = seen(world, message.reference)
        return found, notify.times_taken()[str(message.reference)]
    finally:
        transaction.savepoint_rollback(sid)


SLOW = {"hang", "take_and_hang"}
PLAYS = st.lists(st.sampled_from(sorted(set(ANSWERS) - SLOW - {"take_twice"})), max_size=14)
KILLS = st.lists(st.booleans(), max_size=4)


@seed(13)
@how_many(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plays=PLAYS, kills=KILLS)
def test_any_answers_and_kills_end_with_one_text_or_a_task(
    world, notify, hands, hour, plays, kills
):
    found, times = _lives(world, hour, hands, notify, plays, kills)

    if found.state == "sent":
        assert (times, found.to_tell_since) == (1, None)
    else:
        assert (found.state, times <= 1) == ("failed", True)
        assert found.to_tell_since is not None


def test_control_without_the_look_by_reference_a_kill_sends_twice(
    world, notify, hands, hour, monkeypatch
):
    guarded = _lives(world, hour, hands, notify, [], [True])
    forgetful = Forgetful(hands.post)
    monkeypatch.setattr(tasks, "post_office", lambda: forgetful)
    unguarded = _lives(world, hour, forgetful, notify, [], [True])

    assert (guarded[0].state, guarded[1]) == ("sent", 1)
    assert (unguarded[0].state, unguarded[1]) == ("sent", 2)


SENDER = """
import sys, django
django.setup()
from practices import tasks
from practices.post.notify import Notify
tasks.post_office = lambda: Notify(api_key=sys.argv[2], template_id=sys.argv[3],
                                   email_template_id=sys.argv[3],
                                   base_url=sys.argv[1], timeout=60)
tasks.deliver_message(message_id=int(sys.argv[4]))
"""


def _sender(notify, database, message):
    """A process of its own that sends the message."""
    url = f"{settings.DATABASE_URL.rpartition('/')[0]}/{database}"
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, notify.url, KEY, TEMPLATE, str(message.pk)],
        env={**os.environ, "DATABASE_URL": url},
        cwd=settings.ROOT,
    )


@pytest.mark.kill
def test_a_sender_killed_between_yes_and_mark_sends_once(
    committed_world, committed, notify, hands, hour
):
    message = tell_patient(committed_world)
    notify.plays = ["take_and_hang"]
    sender = _sender(notify, committed, message)
    until = time.monotonic() + 180
    while not notify.taken and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    marked = seen(committed_world, message.reference).state

    hour.at = committed_world.at + timedelta(minutes=1)
    until_done(committed_world, hour)

    assert (marked, seen(committed_world, message.reference).state) == ("sending", "sent")
    assert notify.times_taken() == {str(message.reference): 1}
