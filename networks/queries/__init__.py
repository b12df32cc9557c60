"""How well: every question the networks app answers."""

from networks.queries.boards import Board, board
from networks.queries.membership import (
    NetworkRow,
    changed_networks,
    hub_ids,
    live_network_ids,
    live_network_of,
    member_ids,
    network_of,
    pool_of,
    region_of,
)

__all__ = [
    "Board",
    "NetworkRow",
    "board",
    "changed_networks",
    "hub_ids",
    "live_network_ids",
    "live_network_of",
    "member_ids",
    "network_of",
    "pool_of",
    "region_of",
]
