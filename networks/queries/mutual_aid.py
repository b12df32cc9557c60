"""How well: which networks help each other, and in which region each of them is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from networks.models import AutomationChoice, Network
from networks.queries.membership import pool_of
from triage.queries.snapshot import Pool


@dataclass(frozen=True, slots=True)
class Circle:
    """Every network that takes part in mutual aid, and those that ask in one region."""

    asking: tuple[Pool, ...]
    helping: tuple[Pool, ...]
    names: Mapping[int, str]


def circle(region: str, *, at: datetime) -> Circle:
    """Who takes part, as of now; a network that asks also helps. Two statements a network."""
    part = _part()
    pools = {network.pk: pool_of(network.pk, at=at) for network in part}
    return Circle(
        asking=tuple(pools[one.pk] for one in part if one.commissioner == region),
        helping=tuple(pools.values()),
        names={one.pk: one.organisation.name for one in part},
    )


def taking_part() -> frozenset[int]:
    """The networks that take part now. Two statements."""
    return frozenset(network.pk for network in _part())


def aid_regions() -> list[str]:
    """The regions with a network that takes part. Two statements."""
    return sorted({network.commissioner for network in _part()})


def _part() -> list[Network]:
    newest = AutomationChoice.objects.order_by("network_id", "-from_at", "-id")
    in_force = newest.distinct("network_id").values_list("network_id", "mutual_aid")
    ids = [pk for pk, takes_part in in_force if takes_part]
    found = Network.objects.filter(pk__in=ids, is_live=True).select_related("organisation")
    return list(found.order_by("pk"))
