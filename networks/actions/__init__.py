"""How well: every write of the networks app."""

from networks.actions.published_networks import Imported, import_ods

__all__ = ["Imported", "import_ods"]
