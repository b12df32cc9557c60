"""After the networks' own looks: what they could not do, over the places of other networks."""

from datetime import datetime

from celery import shared_task
from django.conf import settings

from networks.queries import changed_networks, pool_of
from networks.queries.mutual_aid import Circle, circle, taking_part
from networks.tasks.rebalancing import QUEUE_SECONDS, look
from networks.tasks.solving import REBALANCER, solved
from practices import clock
from practices.doors import opened, perform
from practices.rules.london import day_of
from triage.actions.mutual_aid import ask_aid, record_aid, withdraw_aid
from triage.queries.residual import residual
from triage.queries.waiting_cases import waiting_cases
from triage.queries.waiting_instance import waiting_instance

# A pass may have to look at networks of its own accord first.
SOFT_SECONDS, HARD_SECONDS = 240, 400


@shared_task(name="networks.tasks.aid_is_due")
def aid_is_due(*, region: str, bucket: int) -> None:
    """A worker of the region does the pass; what a queue loses, the next five minutes do."""
    queue = settings.REGION_QUEUES.get(region, settings.REGION_QUEUE_ELSE)
    wish = {"region": region, "bucket": bucket}
    mutual_aid.apply_async(kwargs=wish, queue=queue, expires=QUEUE_SECONDS)


@shared_task(
    name="networks.tasks.mutual_aid", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS
)
def mutual_aid(*, region: str, bucket: int) -> int:
    """The region's pass of these five minutes is done; how many proposals and offers it made.

    A second delivery finds it done and changes nothing. Networks come first: one whose day changed
    since its last look is looked at before its neighbours are asked.
    """
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        who = circle(region, at=at)
        changed = set(changed_networks(on=day_of(at)))
    ids = [pool.network_id for pool in who.asking]
    wish = {"region": region, "bucket": bucket, "network_ids": ids}
    runs = perform(ask_aid, by=REBALANCER, at=at, **wish)
    if not runs:
        return 0
    for pool in who.helping:
        if pool.network_id in changed:
            look(network_id=pool.network_id)
    return _pass(who, runs, at=clock.now())


@shared_task(name="networks.tasks.end_aid")
def end_aid(*, network_id: int) -> None:
    """Nothing is open any more between this network and others, unless it takes part again."""
    at = clock.now()
    with opened(REBALANCER.reach, at=at):
        pool = pool_of(network_id, at=at)
        takes_part = network_id in taking_part()
    if not takes_part:
        perform(withdraw_aid, by=REBALANCER, at=at, pool=pool)


def _pass(who: Circle, runs: dict[int, int], *, at: datetime) -> int:
    with opened(REBALANCER.reach, at=at):
        queues = [
            (pool, waiting_cases(practice_ids=pool.practice_ids, hub_ids=pool.hub_ids, at=at))
            for pool in who.asking
        ]
        own = [
            (cases, waiting_instance(cases, among=pool.organisation_ids, at=at))
            for pool, cases in queues
            if cases
        ]
    left = []
    for cases, mine in own:
        answer, _ = solved(mine.instance)
        nowhere = {one.case for one in answer.unplaced}
        left += [case for case in cases if case.reference in nowhere]
    with opened(REBALANCER.reach, at=at):
        found = residual(who.asking, who.helping, left, at=at)
    answer, in_time = solved(found.day.instance)
    return perform(
        record_aid,
        by=REBALANCER,
        at=clock.now(),
        runs=runs,
        found=found,
        plan=answer,
        names=who.names,
        who_takes_part=taking_part,
        in_time=in_time,
    )
