"""The age at which somebody is no longer a child."""

from __future__ import annotations

# Parental responsibility ends (Children Act 1989), and nobody has to be brought as a child.
GROWN_UP = 18
