"""Moves that hang together: one takes the slot another leaves.

All are released before any is taken, so rings are no trouble. The order decides who is told no:
somebody who wants the place that another turns out to keep.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hop:
    """One booking from its slot to another."""

    booking: int
    leaves: int
    takes: int


def waits_for(hop: Hop, hops: Collection[Hop]) -> list[Hop]:
    """The hops that leave the slot this one takes."""
    return [other for other in hops if other.leaves == hop.takes and other != hop]


def in_order(hops: Collection[Hop]) -> list[Hop]:
    """Whoever leaves a slot stands before whoever takes it; rings are entered at the lowest id."""
    left = sorted(hops, key=lambda hop: hop.booking)
    done: list[Hop] = []
    while left:
        ready = [hop for hop in left if not waits_for(hop, left)] or left[:1]
        done += ready
        left = [hop for hop in left if hop not in ready]
    return done
