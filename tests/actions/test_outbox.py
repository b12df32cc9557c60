"""Promises: leased, kept, put back, made once; and a broker that is down (faults F09 to F11)."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from celery import current_app, shared_task
from django.conf import settings
from django.db import connection, transaction

from practices import clock
from practices.actions import finish_work, put_back, take_work
from practices.actions.outbox_work import LEASE, LONGEST_WAIT, MOST_ATTEMPTS
from practices.doors import everywhere, perform
from practices.models import OutboxItem
from practices.outbox import later
from practices.tasks import sweep_outbox
from tests.world import SETUP

pytestmark = pytest.mark.django_db
KEPT = []


@shared_task(name="tests.keep")
def keep(*, word: str) -> None:
    """A promise that is easily kept."""
    KEPT.append(word)


@shared_task(name="tests.fail")
def fail() -> None:
    """A promise that nobody can keep."""
    raise RuntimeError


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)
    KEPT.clear()


def _promise(now, task="tests.keep", **payload):
    with everywhere(because="the test promises", at=now):
        later(task, at=now, **payload)


def _take(now):
    return perform(take_work, by=SETUP, at=now)


def _item(now):
    with everywhere(because="the test looks", at=now):
        return OutboxItem.objects.get()


def test_taken_work_is_nobody_elses_until_the_lease_ends(now):
    _promise(now, word="once")

    taken = [_take(now), _take(now), _take(now + LEASE - timedelta(seconds=1)), _take(now + LEASE)]

    assert [work is not None for work in taken] == [True, False, False, True]


def test_a_worker_that_dies_again_and_again_loses_no_more_than_the_lease(now):
    _promise(now, word="once")

    taken = [_take(now + LEASE * round_) for round_ in range(10)]

    assert all(taken)


def test_trouble_waits_longer_each_time_and_never_overflows(now):
    _promise(now, "tests.fail")
    waits = []
    at = now
    for _ in range(30):
        work = _take(at)
        perform(put_back, by=SETUP, at=at, work_id=work.id, trouble="RuntimeError")
        waits.append(_item(now).due_at - at)
        at = _item(now).due_at
    with everywhere(because="the test waits for years", at=now):
        OutboxItem.objects.update(attempts=MOST_ATTEMPTS)

    assert waits[:3] == [LEASE, 2 * LEASE, 3 * LEASE]
    assert waits[-1] == LONGEST_WAIT
    assert _take(at) is not None


def test_kept_work_stays_kept_whatever_a_late_worker_says(now):
    _promise(now, word="once")
    work = _take(now)
    perform(finish_work, by=SETUP, at=now, work_id=work.id)

    perform(put_back, by=SETUP, at=now, work_id=work.id, trouble="TooLate")

    assert (_item(now).done_at, _item(now).trouble) == (now, "")


def test_one_bad_promise_does_not_stop_the_others(now):
    _promise(now, "tests.fail")
    _promise(now, "tests.of_nobody")
    _promise(now, word="kept")

    looked_at = sweep_outbox()

    assert (looked_at, KEPT) == (3, ["kept"])
    with everywhere(because="the test looks", at=now):
        troubles = list(OutboxItem.objects.values_list("trouble", flat=True))
    assert troubles == ["RuntimeError", "NotRegistered", ""]


def test_the_same_window_is_promised_once(now):
    for _ in range(2):
        _promise(now, window="monday", word="once")

    assert sweep_outbox() == 1


def test_what_is_due_later_is_not_taken_sooner(now):
    _promise(now, due_at=now + timedelta(minutes=1), word="later")

    assert _take(now) is None
    assert _take(now + timedelta(minutes=1)) is not None


def test_a_transaction_nudges_once_however_much_it_promises(now):
    with transaction.atomic():
        for _ in range(3):
            _promise(now, word="kept")

        assert len(connection.run_on_commit) == 1


DEAD_BROKER = """
import django
django.setup()
from practices.nudge import nudge
nudge()
quiet_until = nudge.quiet_until
for _ in range(100):
    nudge()
print(quiet_until > 0 and nudge.quiet_until == quiet_until)
"""


def test_a_broker_that_is_down_raises_nothing_and_is_asked_seldom():
    told = subprocess.run(
        [sys.executable, "-c", DEAD_BROKER],
        env={**os.environ, "REDIS_URL": "redis://127.0.0.1:1/0"},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stdout) == (0, "True\n"), told.stderr


def test_every_round_of_the_clockwork_is_a_task_that_exists():
    current_app.loader.import_default_modules()
    rounds = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert rounds - set(current_app.tasks) == set()
