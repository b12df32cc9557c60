"""The clockwork of networks: rebalancing what changed, and counting what is."""

from networks.tasks.rebalancing import rebalance, rebalance_changed

__all__ = ["rebalance", "rebalance_changed"]
