"""A call for help for somebody who stands at a desk: a clinician goes there, number or not."""

from __future__ import annotations

_AT = "Front desk of "


def place_of_desk(house: str, where: str) -> str:
    """Where a clinician goes; what was typed of the place stands behind it."""
    return ": ".join(filter(None, [f"{_AT}{house}", where]))


def is_at_desk(where: str) -> bool:
    """Whether somebody waits there, so that nobody rings them first."""
    return where.startswith(_AT)
