"""A call for help for somebody who stands at a desk: a clinician goes there, number or not."""

from __future__ import annotations


def place_of_desk(house: str, where: str) -> str:
    """Where a clinician goes; what was typed of the place stands behind it."""
    return ": ".join(filter(None, [f"Front desk of {house}", where]))


def with_heard(said: str, phone: str) -> str:
    """What was said, and behind it a number that nobody can ring, as somebody heard it."""
    return ", ".join(filter(None, [said, f"number as heard: {phone}"]))
