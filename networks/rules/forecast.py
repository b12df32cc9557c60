"""When a hub will be full, if people go on booking as they did in the last hour."""

from __future__ import annotations

from datetime import datetime, timedelta

PACE_OVER = timedelta(hours=1)


def full_at(
    *, free: int, taken_last_hour: int, last_place_at: datetime | None, at: datetime
) -> datetime | None:
    """When the last free place will be gone; None when none is free, or some will be left.

    `last_place_at` is when the last free place begins: past it nothing is left to be full.
    """
    if free == 0 or taken_last_hour == 0 or last_place_at is None:
        return None
    gone = at + PACE_OVER * free / taken_last_hour
    return gone if gone < last_place_at else None
