"""A queue for each region and one for urgent work; a look that runs out of time is not lost."""

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded

from config.queues import ELSEWHERE, QUEUES, ROUTES, URGENT
from networks.models import Network
from networks.tasks import look, rebalance, rebalance_after, rebalance_changed, solving
from practices import clock
from practices.doors import everywhere
from tests.full_day import overfill, rebalanced
from triage.models import RebalanceRun
from triage.presenters.proposals import page
from triage.queries.proposals import latest_run


@pytest.fixture
def full(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return overfill(world, acting)


@pytest.fixture
def handed_over(monkeypatch):
    """Which queue each look was put into; nothing is done."""
    queues = []
    monkeypatch.setattr(look, "apply_async", lambda **wish: queues.append(wish["queue"]))
    return queues


@pytest.mark.parametrize(("region", "queue"), [("QE1", "region-qe1"), ("QXX", ELSEWHERE)])
def test_each_region_has_its_own_queue(full, now, handed_over, settings, region, queue):
    settings.REGION_QUEUES = {"QE1": "region-qe1"}
    with everywhere(because="the test's set-up", at=now):
        Network.objects.update(commissioner=region)

    rebalance_after(organisation_id=full.oak.pk)
    rebalance_changed()

    assert handed_over == [queue, queue]


def test_a_look_that_a_queue_lost_is_asked_for_again(full, now, handed_over, monkeypatch):
    rebalance_changed()
    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: now)

    assert rebalance_changed() == 1
    with everywhere(because="the test looks", at=now):
        assert RebalanceRun.objects.get().status == "done"


def test_a_worker_that_is_told_nothing_takes_all_queues():
    assert set(current_app.amqp.queues.consume_from) == set(QUEUES)


def test_urgent_work_has_a_queue_and_a_name_that_exists():
    current_app.loader.import_default_modules()

    assert set(ROUTES) <= set(current_app.tasks)
    assert {route["queue"] for route in ROUTES.values()} == {URGENT}


def test_looks_end_before_the_broker_would_give_them_away(settings):
    longest = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    for task in (look, rebalance):
        assert task.soft_time_limit < task.time_limit < longest


def test_what_runs_out_of_time_is_kept_and_not_called_proved(full, acting, now, monkeypatch):
    def too_long(*_):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(solving, "plan", too_long)

    rebalanced(full, acting)

    with everywhere(because="the test looks", at=now):
        run = RebalanceRun.objects.get()
        words = page([], latest_run(day=now.date()), now=now).verdict
    assert (run.status, run.result["proved"], run.result["fallback"]) == ("done", False, "greedy")
    assert "rule of thumb" in words
