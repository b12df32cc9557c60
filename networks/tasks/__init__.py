"""The clockwork of networks: rebalancing what changed, counting what is, packing for the worst."""

from networks.tasks.downtime import make_packs
from networks.tasks.rebalancing import look, rebalance, rebalance_after, rebalance_changed
from networks.tasks.snapshots import snapshot_all

__all__ = [
    "look",
    "make_packs",
    "rebalance",
    "rebalance_after",
    "rebalance_changed",
    "snapshot_all",
]
