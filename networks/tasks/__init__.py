"""The clockwork of networks: rebalancing what changed, and counting what is."""

from networks.tasks.rebalancing import rebalance, rebalance_after, rebalance_changed
from networks.tasks.snapshots import snapshot_all

__all__ = ["rebalance", "rebalance_after", "rebalance_changed", "snapshot_all"]
