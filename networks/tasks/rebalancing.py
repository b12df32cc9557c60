"""The rebalancer's clockwork: changed networks are looked at, and what was asked for is done."""

from datetime import datetime

from celery import shared_task

from appointments.rules.rebalancing import plan
from appointments.tasks.milp import Highs
from networks.queries import changed_networks, pool_of
from practices import clock
from practices.doors import opened, perform
from practices.rules.london import day_of
from practices.rules.reach import clockwork
from triage.actions import ask_run, begin_run, record_plan
from triage.queries.snapshot import Pool, snapshot

REBALANCER = clockwork("rebalancer")


@shared_task(name="networks.tasks.rebalance")
def rebalance(*, run_id: int, network_id: int) -> None:
    """The run is done; a second delivery finds it done and changes nothing."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
    _solve(run_id, pool, at)


@shared_task(name="networks.tasks.rebalance_changed")
def rebalance_changed(**_: object) -> int:
    """Each network whose day changed since it was last looked at has been; how many."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pools = [pool_of(network_id, at=at) for network_id in changed_networks(on=day_of(at))]
        keys = [(pool, snapshot(pool, at=at).key) for pool in pools]
    for pool, key in keys:
        run = perform(
            ask_run, by=REBALANCER, at=at, network_id=pool.network_id, apply="none", key=key
        )
        _solve(run.pk, pool, at)
    return len(keys)


def _solve(run_id: int, pool: Pool, at: datetime) -> None:
    """Look, think without any lock, then record under one."""
    found = perform(begin_run, by=REBALANCER, at=at, run_id=run_id, pool=pool)
    if found is None:
        return
    answer = plan(found.instance, Highs())
    perform(
        record_plan,
        by=REBALANCER,
        at=clock.now(),
        run_id=run_id,
        pool=pool,
        found=found,
        plan=answer,
    )
