"""The live stream: one light process that tells open pages when to look again (docs/adr/0008)."""
