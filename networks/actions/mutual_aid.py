"""The promise of mutual aid: a pass for each region in each five minutes."""

from datetime import UTC, datetime

from networks.queries.mutual_aid import aid_regions
from practices.outbox import later
from practices.rules.reach import Actor
from triage.queries.snapshot import BUCKET_MINUTES

TASK = "networks.tasks.aid_is_due"
END_TASK = "networks.tasks.end_aid"


def promise_aid(*, by: Actor, at: datetime) -> int:
    """Each region that takes part has its pass when these five minutes end; how many regions.

    By then its networks have had their own looks; asked for twice, it is one promise.
    """
    length = 60 * BUCKET_MINUTES
    bucket = int(at.timestamp()) // length
    due_at = datetime.fromtimestamp((bucket + 1) * length, tz=UTC)
    regions = aid_regions()
    for region in regions:
        window = f"aid-{region}-{bucket}"
        later(TASK, at=at, due_at=due_at, window=window, region=region, bucket=bucket)
    return len(regions)


def promise_end(*, network_id: int, at: datetime) -> None:
    """What is open between this network and others will be withdrawn."""
    later(END_TASK, at=at, network_id=network_id)
