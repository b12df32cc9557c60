"""Founding a network: its members, the hub it runs, and the day it starts to work."""

from datetime import date, datetime

from hubs.actions import go_by_rules_of
from networks.models import Network, NetworkHub, NetworkMember
from practices import audit
from practices.models import Organisation
from practices.rules.reach import Actor


def found_network(*, code: str, name: str, opened_on: date, by: Actor, at: datetime) -> Network:
    """The network exists; it works once it goes live."""
    organisation = Organisation.objects.create(kind=Organisation.Kind.NETWORK, code=code, name=name)
    network = Network.objects.create(organisation=organisation, opened_on=opened_on)
    audit.write("network.founded", entity="network", entity_id=network.pk, by=by, at=at)
    return network


def join_network(
    *, network_id: int, practice_id: int, from_on: date, by: Actor, at: datetime
) -> NetworkMember:
    """The practice belongs to the network from the day on."""
    member = NetworkMember.objects.create(
        network_id=network_id, practice_id=practice_id, from_on=from_on
    )
    audit.write("network.joined", entity="network_member", entity_id=member.pk, by=by, at=at)
    return member


def go_live(
    *, network_id: int, hub_id: int, name: str | None = None, by: Actor, at: datetime
) -> Network:
    """The network works here and runs the hub; with `name` it is called so from now on."""
    network = Network.objects.select_for_update().get(pk=network_id)
    NetworkHub.objects.create(network=network, hub_id=hub_id)
    go_by_rules_of(hub_id=hub_id, network_id=network_id, by=by, at=at)
    network.is_live = True
    network.save(update_fields=["is_live"])
    if name is not None:
        Organisation.objects.filter(pk=network_id).update(name=name)
    audit.write(
        "network.went_live", entity="network", entity_id=network_id, by=by, at=at, hub=hub_id
    )
    return network
