"""The board's clockwork: every network's day is counted once a minute."""

from celery import shared_task

from networks.actions.snapshots import take_snapshot
from networks.queries import live_network_ids
from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork

COUNTER = clockwork("snapshot")


@shared_task(name="networks.tasks.snapshot_all")
def snapshot_all(**_: object) -> int:
    """Each live network's day is counted; how many figures were kept."""
    at = clock.now()
    with opened(COUNTER.reach, at=at):
        networks = live_network_ids()
    return sum(
        perform(take_snapshot, by=COUNTER, at=at, network_id=network_id) for network_id in networks
    )
