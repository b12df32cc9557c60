"""How well: every question the networks app answers."""

from networks.queries.membership import (
    NetworkRow,
    changed_networks,
    hub_ids,
    live_network_ids,
    member_ids,
    network_of,
    pool_of,
)

__all__ = [
    "NetworkRow",
    "changed_networks",
    "hub_ids",
    "live_network_ids",
    "member_ids",
    "network_of",
    "pool_of",
]
