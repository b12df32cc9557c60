"""How well: every write of the networks app."""

from networks.actions.demo import Seeded, renew_tokens, seed_demo
from networks.actions.founding import found_network, go_live, join_network
from networks.actions.invented.making import Account
from networks.actions.opening import Opened, open_network
from networks.actions.published_networks import Imported, import_ods

__all__ = [
    "Account",
    "Imported",
    "Opened",
    "Seeded",
    "found_network",
    "go_live",
    "import_ods",
    "join_network",
    "open_network",
    "renew_tokens",
    "seed_demo",
]
