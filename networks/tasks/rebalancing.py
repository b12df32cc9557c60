"""The rebalancer's clockwork: changed networks are looked at, and what was asked for is done."""

import logging
from datetime import datetime

from celery import shared_task

from appointments.rules.rebalancing import plan, sentence
from appointments.tasks.milp import Highs
from networks.queries import changed_networks, live_network_of, pool_of
from networks.queries.automation import automation_of, placing_networks
from networks.rules.automation import Automation
from practices import clock
from practices.doors import opened, perform
from practices.rules.london import day_of
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused
from triage.actions import ask_run, begin_run, record_plan
from triage.actions.automatic import place_waiting
from triage.actions.moving_untold import move_untold
from triage.queries.snapshot import Pool, snapshot
from triage.queries.waiting_cases import waiting_cases
from triage.queries.waiting_instance import waiting_instance

logger = logging.getLogger(__name__)
REBALANCER = clockwork("rebalancer")
# A key has room for so much of the look's own and for what may be done by itself.
KEY_PART = 57


@shared_task(name="networks.tasks.rebalance")
def rebalance(*, run_id: int, network_id: int) -> None:
    """The run is done; a second delivery finds it done and changes nothing."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
    _solve(run_id, pool, at)


@shared_task(name="networks.tasks.rebalance_after")
def rebalance_after(*, organisation_id: int) -> None:
    """The network of the organisation whose day changed has been looked at since, if it is live."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        network_id = live_network_of(organisation_id, on=day_of(at))
    if network_id is not None:
        _look(network_id)


@shared_task(name="networks.tasks.rebalance_changed")
def rebalance_changed(**_: object) -> int:
    """Each network whose day changed since it was last looked at has been; how many.

    Where waiting cases get places by themselves, a look comes every five minutes anyway.
    """
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        networks = sorted({*changed_networks(on=day_of(at)), *placing_networks()})
    for network_id in networks:
        _look(network_id)
    return len(networks)


def _look(network_id: int) -> None:
    """The network's day as it is now has its run; a day already looked at has it before."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
        mode = automation_of(network_id)
        key = f"{snapshot(pool, at=at).key[:KEY_PART]}-{mode.value}"
    run = perform(ask_run, by=REBALANCER, at=at, network_id=network_id, apply=mode.value, key=key)
    _solve(run.pk, pool, at)


def _solve(run_id: int, pool: Pool, at: datetime) -> None:
    """Look, think without any lock, then record under one."""
    found = perform(begin_run, by=REBALANCER, at=at, run_id=run_id, pool=pool)
    if found is None:
        return
    answer = plan(found.instance, Highs())
    run = perform(
        record_plan,
        by=REBALANCER,
        at=clock.now(),
        run_id=run_id,
        pool=pool,
        found=found,
        plan=answer,
    )
    mode = Automation(run.apply)
    if mode.moves_untold:
        perform(move_untold, by=REBALANCER, at=clock.now(), network_id=pool.network_id)
    if mode.places_queue:
        _place_queue(pool)


def _place_queue(pool: Pool) -> int:
    """Waiting cases have the places a plan finds for them; how many. Who is refused waits on."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        cases = waiting_cases(practice_ids=pool.practice_ids, hub_ids=pool.hub_ids, at=at)
        found = waiting_instance(cases, at=at)
    answer = plan(found.instance, Highs())
    placed = 0
    for one in answer.placements:
        reasons = [{"code": reason.code, "text": sentence(reason)} for reason in one.reasons]
        wish = {"reference": one.case, "slot_id": found.slots[one.slot].id, "reasons": reasons}
        try:
            perform(place_waiting, by=REBALANCER, at=clock.now(), **wish)
        except Refused as refusal:
            logger.info("not placed", extra={"case": one.case, "code": refusal.code})
        else:
            placed += 1
    return placed
