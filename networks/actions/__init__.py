"""How well: every write of the networks app.

What invents people (`demo`, `opening`) is imported by its commands alone: no web process or worker
of a live system ever loads it.
"""

from networks.actions.founding import found_network, go_live, join_network
from networks.actions.published_networks import Imported, import_ods

__all__ = [
    "Imported",
    "found_network",
    "go_live",
    "import_ods",
    "join_network",
]
