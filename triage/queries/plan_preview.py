"""Why: whom a plan would place elsewhere if it weighed other numbers. Nothing is done."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from appointments.rules.rebalancing import ComfortWeights, Instance, rule_of_thumb
from hubs.queries import practices_served
from practices.clock import local_day
from triage.models import Case
from triage.queries.snapshot import Pool, snapshot
from triage.queries.waiting_instance import waiting_instance


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """Of those who wait or may be moved now, how many a rule of thumb would place elsewhere."""

    looked_at: int
    changed: int


SAME = PlanPreview(0, 0)


def plan_preview(
    network_id: int,
    hub_ids: Collection[int],
    cases: Collection[Case],
    *,
    before: ComfortWeights,
    after: ComfortWeights,
    at: datetime,
) -> PlanPreview:
    """The present day planned by both; as many statements however many may be moved."""
    if before == after:
        return SAME
    served = {pk for hub in sorted(hub_ids) for pk in practices_served(hub, on=local_day(at))}
    pool = Pool(network_id, tuple(sorted(served)), tuple(sorted(hub_ids)))
    days = (snapshot(pool, at=at).instance, waiting_instance(cases, at=at).instance)
    return PlanPreview(
        looked_at=sum(len(day.cases) for day in days),
        changed=sum(_changed(day, before, after) for day in days),
    )


def _changed(day: Instance, before: ComfortWeights, after: ComfortWeights) -> int:
    old, new = (rule_of_thumb(replace(day, weights=one)) for one in (before, after))
    return sum(old.get(case.id) != new.get(case.id) for case in day.cases)
