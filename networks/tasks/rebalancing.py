"""The rebalancer's clockwork: changed networks are looked at, and what was asked for is done."""

import logging
from datetime import datetime

from celery import shared_task
from django.conf import settings

from appointments.rules.rebalancing import sentence
from networks.actions.mutual_aid import promise_aid
from networks.queries import changed_networks, live_network_of, pool_of, region_of
from networks.queries.automation import automation_of, placing_networks
from networks.rules.automation import Automation
from networks.tasks.solving import REBALANCER, solved
from practices import clock
from practices.doors import opened, perform
from practices.rules.london import day_of
from practices.rules.refusals import Refused
from triage.actions import ask_run, begin_run, record_plan
from triage.actions.automatic import place_waiting
from triage.actions.moving_untold import move_untold
from triage.queries.snapshot import Pool, snapshot
from triage.queries.waiting_cases import waiting_cases
from triage.queries.waiting_instance import waiting_instance

logger = logging.getLogger(__name__)
# A key has room for so much of the look's own and for what may be done by itself.
KEY_PART = 57
# The solver looks up only between two of its searches, each of which has its own brake (30 s).
SOFT_SECONDS, HARD_SECONDS = 60, 180
# A look that nobody took up by then is asked for again by the rounds.
QUEUE_SECONDS = 300


@shared_task(name="networks.tasks.look", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def look(*, network_id: int) -> None:
    """The network's day as it is now has its run; a day already looked at has it before.

    What may be done without a click is done at every look: cases come in between two runs.
    """
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
        mode = automation_of(network_id)
        key = f"{snapshot(pool, at=at).key[:KEY_PART]}-{mode.value}"
    run = perform(ask_run, by=REBALANCER, at=at, network_id=network_id, apply=mode.value, key=key)
    _solve(run.pk, pool, at)
    _act(mode, pool)


@shared_task(name="networks.tasks.rebalance", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def rebalance(*, run_id: int, network_id: int) -> None:
    """The run is done; a second delivery finds it done and changes nothing."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
    mode = _solve(run_id, pool, at)
    if mode is not None:
        _act(mode, pool)


@shared_task(name="networks.tasks.rebalance_after")
def rebalance_after(*, organisation_id: int) -> None:
    """The network of the organisation whose day changed is looked at soon, if it is live."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        network_id = live_network_of(organisation_id, on=day_of(at))
    if network_id is not None:
        _hand_over(network_id, at=at)


@shared_task(name="networks.tasks.rebalance_changed")
def rebalance_changed(**_: object) -> int:
    """Each network whose day changed since is looked at by a worker of its region; how many.

    Where waiting cases get places by themselves, a look comes every minute anyway. Mutual aid is
    promised for after the looks.
    """
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        networks = sorted({*changed_networks(on=day_of(at)), *placing_networks()})
    for network_id in networks:
        _hand_over(network_id, at=at)
    perform(promise_aid, by=REBALANCER, at=at)
    return len(networks)


def _hand_over(network_id: int, *, at: datetime) -> None:
    """A worker of the network's region looks; what a queue loses, the next round finds again."""
    with opened(REBALANCER.reach, at=at):
        region = region_of(network_id)
    queue = settings.REGION_QUEUES.get(region, settings.REGION_QUEUE_ELSE)
    look.apply_async(kwargs={"network_id": network_id}, queue=queue, expires=QUEUE_SECONDS)


def _solve(run_id: int, pool: Pool, at: datetime) -> Automation | None:
    """Look, think without any lock, then record under one; what may follow, None if done before."""
    found = perform(begin_run, by=REBALANCER, at=at, run_id=run_id, pool=pool)
    if found is None:
        return None
    answer, in_time = solved(found.instance)
    run = perform(
        record_plan,
        by=REBALANCER,
        at=clock.now(),
        run_id=run_id,
        pool=pool,
        found=found,
        plan=answer,
        in_time=in_time,
    )
    return Automation(run.apply)


def _act(mode: Automation, pool: Pool) -> None:
    """What the network lets happen without a click has happened."""
    if mode.moves_untold:
        perform(move_untold, by=REBALANCER, at=clock.now(), network_id=pool.network_id)
    if mode.places_queue:
        _place_queue(pool)


def _place_queue(pool: Pool) -> int:
    """Waiting cases have the network's own places a plan finds for them; how many.

    Who is refused waits on. Places of other networks take a person's click (mutual aid).
    """
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        cases = waiting_cases(practice_ids=pool.practice_ids, hub_ids=pool.hub_ids, at=at)
        if not cases:
            return 0
        found = waiting_instance(cases, among=pool.organisation_ids, at=at)
    answer, _ = solved(found.instance)
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
