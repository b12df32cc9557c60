"""A worker is killed, the broker is emptied: every promise is still kept (faults F09, F11).

The worker is a real one, with its own beat, on the test's database and a private number of the
broker. What is promised stands in the outbox, so the sweeper finds it whatever was lost.
"""

import random
import time
from datetime import timedelta

import pytest
import redis
from celery import current_app

from networks.actions.rebalance import ask_rebalance
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.nudge import nudge
from tests.invariants import broken
from tests.processes import BROKER, kill, worker
from tests.races.overfull import overfull
from triage.actions import CaseWish, submit
from triage.models import Proposal, RebalanceRun
from triage.rules.codes import Need

pytestmark = [pytest.mark.kill, pytest.mark.timeout(900)]
AT_WORK_AGAIN = 60.0


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


def _killed_in_the_middle(world, acting, a_worker, *, later):
    """A run that a worker had begun, and not ended, when it was killed."""
    run = _ask(world, acting)
    with a_worker() as victim:

        def it_is_running():
            return _status(world, run) == "running"

        _waits_for(it_is_running, AT_WORK_AGAIN)
        time.sleep(later)
        kill(victim)
    return run


def _prove_kills(world, acting, a_worker, moments):
    interrupted = 0
    for later in moments:
        run = _killed_in_the_middle(world, acting, a_worker, later=later)
        interrupted += _status(world, run) == "running"
        assert broken(at=world.at) == []
    with a_worker():
        _waits_for(_all_is_done(world), AT_WORK_AGAIN)
    return interrupted


def test_a_rebalance_is_done_though_its_worker_was_killed(
    committed_world, acting, broker, a_worker
):
    overfull(committed_world, acting)

    interrupted = _prove_kills(committed_world, acting, a_worker, [0.0, 0.1])

    assert interrupted >= 1
    assert broken(at=committed_world.at) == []
    with everywhere(because="the test looks", at=committed_world.at):
        assert set(RebalanceRun.objects.values_list("status", flat=True)) == {"done"}
        assert Proposal.objects.filter(state="open").count() >= 1


@pytest.mark.soak
def test_a_hundred_kills_at_random_moments(committed_world, acting, broker, a_worker):
    overfull(committed_world, acting)
    chance = random.Random(9)

    moments = [chance.uniform(0, 1.5) for _ in range(100)]
    interrupted = _prove_kills(committed_world, acting, a_worker, moments)

    assert interrupted >= 10
    assert broken(at=committed_world.at) == []


def _submit(world, acting):
    """A case for each patient: as many messages are queued and promised."""
    for name in ("zoe", "tam", "zoe_namesake", "child"):
        for need in (Need.SORE_THROAT, Need.EYE, Need.URINARY):
            wish = CaseWish(patient_id=world.patients[name].pk, need=need, words="since Friday")
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
    committed_world, acting, broker, a_worker, tmp_path
):
    _submit(committed_world, acting)
    broker.flushdb()

    with a_worker(beat=False):

        def it_is_ready():
            return b" ready." in (tmp_path / "worker.log").read_bytes()

        _waits_for(it_is_ready, AT_WORK_AGAIN)
        time.sleep(6)

    assert _messages(committed_world) == {"queued"}
