"""A day lived through the actions people use, at full speed on a clock of its own. Training only.

It writes into the database it is pointed at. The same seed on the same database lives the same day.
"""

from networks.actions.simulated.day import Lived, live
from networks.actions.simulated.stage import Stage, set_stage

__all__ = ["Lived", "Stage", "live", "set_stage"]
