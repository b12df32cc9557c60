"""A worker is killed, the broker is emptied: every promise is still kept (faults F09, F11).

The worker is a real one, on the test's database and a private number of the broker. What is
promised stands in the outbox, so the sweeper finds it whatever was lost. Kills are aimed: a run of
the planner says as many statements to the database as it does, and the worker dies just before one
of them, drawn by chance.
"""

import random
import signal
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
import redis
from celery import current_app

from networks.actions.rebalance import ask_rebalance
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.nudge import nudge
from practices.tasks import sweep_outbox
from tests.invariants import broken
from tests.processes import BROKER, worker
from tests.races.overfull import overfull
from tests.races.statements import said_in
from triage.actions import CaseWish, submit
from triage.models import Proposal, RebalanceRun
from triage.rules.codes import Channel, Need

pytestmark = pytest.mark.kill
AT_WORK_AGAIN = 240.0
# What the long form holds the worker to: seconds from standing ready to having done it all.
PROMISED = 60.0


@pytest.fixture
def broker(monkeypatch):
    """The private, empty broker; nudges of the test itself go there too."""
    connection = redis.Redis.from_url(BROKER)
    connection.flushdb()
    monkeypatch.setitem(current_app.conf, "broker_write_url", BROKER)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
    monkeypatch.setattr(nudge, "quiet_until", 0.0)
    yield connection
    connection.flushdb()
    connection.close()


@pytest.fixture
def a_worker(committed, now, tmp_path):
    """Starts a worker; the next one's clock goes on where the last one's stood."""
    began = time.monotonic()

    def started(**how):
        hour = now + timedelta(seconds=time.monotonic() - began)
        return worker(committed, hour, tmp_path, **how)

    return started


def _waits_for(truth, seconds):
    """Seconds until the truth holds, or a failure."""
    start = time.monotonic()
    while time.monotonic() < start + seconds:
        if truth():
            return time.monotonic() - start
        time.sleep(0.02)
    pytest.fail(f"{truth.__name__} does not hold after {seconds} seconds")


def _ask(world, acting):
    return perform(
        ask_rebalance, by=acting(world, "manager"), at=world.at, network_id=world.network.pk
    )


def _status(world, run):
    with everywhere(because="the test looks", at=world.at):
        return RebalanceRun.objects.get(pk=run.pk).status


def _all_is_done(world):
    def every_promise_is_kept():
        with everywhere(because="the test looks", at=world.at):
            return not OutboxItem.objects.filter(done_at=None).exists()

    return every_promise_is_kept


def _is_kept(world, run):
    with everywhere(because="the test looks", at=world.at):
        return not OutboxItem.objects.filter(payload__run_id=run.pk, done_at=None).exists()


def _nothing_proposed(world):
    """Each run has all its proposals to make, as the first had."""
    with everywhere(because="the test's set-up", at=world.at):
        Proposal.objects.filter(state="open").update(state="stale", decided_at=world.at)


@pytest.fixture
def length(committed_world, acting, monkeypatch):
    """How many statements a worker says from taking up a run's promise to having kept it."""
    overfull(committed_world, acting)
    current_app.loader.import_default_modules()
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: committed_world.at + timedelta(seconds=10))
        while sweep_outbox():
            pass
        in_vain = said_in(sweep_outbox)
        _nothing_proposed(committed_world)
        run = _ask(committed_world, acting)
        said = said_in(sweep_outbox) - in_vain
    assert _status(committed_world, run) == "done"
    assert _all_is_done(committed_world)()
    return said


@pytest.fixture
def killed(committed_world, acting, broker, a_worker):
    """A run is asked for, and the worker that takes it up dies before its n-th statement."""

    def killed(number, *, entry="tests.races.mortal"):
        _nothing_proposed(committed_world)
        broker.flushdb()
        mortal = {"beat": False, "at_once": 1, "entry": entry, "DIES_BEFORE": str(number)}
        with a_worker(**mortal) as victim:
            run = _ask(committed_world, acting)

            def it_is_gone():
                return victim.poll() is not None

            _waits_for(it_is_gone, AT_WORK_AGAIN)
        assert victim.returncode == -signal.SIGKILL
        return run

    return killed


def _drawn(length, chance):
    """Ten statements of the run, one by chance in each tenth of it."""
    tenths = [1 + length * tenth // 10 for tenth in range(11)]
    drawn = [chance.randrange(*ends) for ends in pairwise(tenths)]
    chance.shuffle(drawn)
    return drawn


def _prove_ten_kills(world, killed, a_worker, numbers):
    """How many runs stood where when ten workers had died, and the seconds until all were done.

    A promise whose worker died before it was its own is the next worker's first.
    """
    runs = []
    for number in numbers:
        runs.append(killed(number))
        assert not _is_kept(world, runs[-1])
        assert broken(at=world.at) == []
    stood = Counter(_status(world, run) for run in runs)
    with a_worker():
        seconds = _waits_for(_all_is_done(world), AT_WORK_AGAIN)
    assert broken(at=world.at) == []
    assert {_status(world, run) for run in runs} == {"done"}
    with everywhere(because="the test looks", at=world.at):
        assert Proposal.objects.filter(state="open").count() >= 1
    return stood, seconds


def test_ten_kills_before_statements_drawn_by_chance(committed_world, length, killed, a_worker):
    numbers = _drawn(length, random.Random(9))

    stood, _ = _prove_ten_kills(committed_world, killed, a_worker, numbers)

    assert set(stood) >= {"queued", "running"}


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_hundred_kills_before_statements_drawn_by_chance(
    committed_world, length, killed, a_worker
):
    chance = random.Random(9)
    for batch in range(10):
        numbers = _drawn(length, chance)
        stood, seconds = _prove_ten_kills(committed_world, killed, a_worker, numbers)
        assert seconds < PROMISED
        print(f"{batch}: {sorted(numbers)} of {length}, {dict(stood)}, done in {seconds:.1f} s")


def test_control_a_promise_taken_for_good_dies_with_its_worker(committed_world, length, killed):
    run = killed(length // 2, entry="tests.races.forgetful")

    assert _is_kept(committed_world, run)
    assert _status(committed_world, run) != "done"


def _submit(world, acting):
    """Cases sent in by form, so that the text to each patient is due at once, and promised."""
    for name in ("zoe", "tam", "zoe_namesake", "child"):
        for need in (Need.SORE_THROAT, Need.EYE, Need.URINARY):
            wish = CaseWish(
                patient_id=world.patients[name].pk,
                need=need,
                words="since Friday",
                channel=Channel.ONLINE,
            )
            perform(submit, by=acting(world, "receptionist"), at=world.at, wish=wish)


def _messages(world):
    with everywhere(because="the test looks", at=world.at):
        return set(Message.objects.values_list("state", flat=True))


def test_an_emptied_broker_loses_no_promise(committed_world, acting, broker, a_worker):
    _submit(committed_world, acting)
    nudges = broker.llen("urgent")
    broker.flushdb()

    with a_worker():
        _waits_for(_all_is_done(committed_world), AT_WORK_AGAIN)
        broker.flushdb()
        asked = _ask(committed_world, acting)
        broker.flushdb()
        _waits_for(_all_is_done(committed_world), AT_WORK_AGAIN)

    assert nudges > 0
    assert _messages(committed_world) == {"sent"}
    assert _status(committed_world, asked) == "done"
    assert broken(at=committed_world.at) == []


def test_control_without_the_sweeper_an_emptied_broker_loses_work(
    committed_world, acting, broker, a_worker
):
    _submit(committed_world, acting)
    broker.flushdb()

    with a_worker(beat=False):
        time.sleep(6)

    assert _messages(committed_world) == {"queued"}
