"""The clockwork of networks: rebalancing what changed, and counting what is."""

from networks.tasks.rebalancing import look, rebalance, rebalance_after, rebalance_changed
from networks.tasks.snapshots import snapshot_all

__all__ = ["look", "rebalance", "rebalance_after", "rebalance_changed", "snapshot_all"]
