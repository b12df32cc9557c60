"""The clockwork of networks: rebalancing what changed, counting what is, packing for the worst."""

from networks.tasks.downtime import make_packs
from networks.tasks.mutual_aid import aid_is_due, end_aid, mutual_aid
from networks.tasks.rebalancing import look, rebalance, rebalance_after, rebalance_changed
from networks.tasks.snapshots import snapshot_all

__all__ = [
    "aid_is_due",
    "end_aid",
    "look",
    "make_packs",
    "mutual_aid",
    "rebalance",
    "rebalance_after",
    "rebalance_changed",
    "snapshot_all",
]
