"""How well: networks, their members, and whose day changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from appointments.models import ChangedDay
from networks.models import Network, NetworkHub, NetworkMember
from practices.clock import local_day
from practices.models import Organisation
from triage.queries.snapshot import Pool


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network as its members speak of it."""

    id: int
    code: str
    name: str


def network_of(organisation_id: int, *, on: date) -> NetworkRow | None:
    """The network that is, or holds, this organisation on the day. One statement."""
    member = NetworkMember.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on),
        practice_id=organisation_id,
        from_on__lte=on,
    ).values("network_id")
    hub = NetworkHub.objects.filter(hub_id=organisation_id).values("network_id")
    found = (
        Organisation.objects.filter(kind=Organisation.Kind.NETWORK)
        .filter(Q(pk=organisation_id) | Q(pk__in=member) | Q(pk__in=hub))
        .order_by("pk")
        .first()
    )
    return NetworkRow(id=found.pk, code=found.code, name=found.name) if found else None


def hub_ids(network_id: int) -> tuple[int, ...]:
    """The hubs the network runs. One statement."""
    found = NetworkHub.objects.filter(network_id=network_id).order_by("hub_id")
    return tuple(found.values_list("hub_id", flat=True))


def member_ids(network_id: int, *, on: date) -> tuple[int, ...]:
    """The practices that belong to the network on the day. One statement."""
    found = NetworkMember.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), network_id=network_id, from_on__lte=on
    )
    return tuple(found.order_by("practice_id").values_list("practice_id", flat=True))


def live_network_ids() -> list[int]:
    """The networks that work in Headroom. One statement."""
    found = Network.objects.filter(is_live=True).order_by("organisation_id")
    return list(found.values_list("organisation_id", flat=True))


def live_network_of(organisation_id: int, *, on: date) -> int | None:
    """The network to rebalance when this organisation's day changes. Two statements."""
    found = network_of(organisation_id, on=on)
    return (
        found.id if found and Network.objects.filter(pk=found.id, is_live=True).exists() else None
    )


def changed_networks(*, on: date) -> list[int]:
    """Live networks with a day that changed since the rebalancer last looked. One statement.

    What a former member changes is not the network's business any more.
    """
    changed = ChangedDay.objects.values("organisation_id")
    members = NetworkMember.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), practice_id__in=changed, from_on__lte=on
    ).values("network_id")
    hubs = NetworkHub.objects.filter(hub_id__in=changed).values("network_id")
    found = Network.objects.filter(Q(pk__in=members) | Q(pk__in=hubs), is_live=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def region_of(network_id: int) -> str:
    """The code of the commissioner the network belongs to, if it is known. One statement."""
    found = Network.objects.filter(pk=network_id).values_list("commissioner", flat=True)
    return found.first() or ""


def pool_of(network_id: int, *, at: datetime) -> Pool:
    """The network's practices and hubs of the day, as the rebalancer takes them. Two statements."""
    return Pool(
        network_id=network_id,
        practice_ids=member_ids(network_id, on=local_day(at)),
        hub_ids=hub_ids(network_id),
    )
