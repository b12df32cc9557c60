"""For whom a session is, and which of its places are kept for somebody until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

# Who asks for a place: a practice for its patient, or NHS 111.
PRACTICE, NHS111 = "practice", "nhs111"


def is_open_to(audience: Mapping[str, Any] | None, *, practice: str, asked_by: str = "") -> bool:
    """Whether the session is for the practice's patients; no audience is for all.

    Where nobody says who asks, only the practice counts.
    """
    said = audience or {}
    organisations, types = said.get("organisations"), said.get("types")
    is_theirs = organisations is None or practice in organisations
    return is_theirs and (types is None or not asked_by or asked_by in types)


def kept_from(
    reserve: Iterable[Mapping[str, Any]], *, before: int, places: int, practice: str
) -> dict[int, datetime]:
    """The places of a slot that are kept for others than the practice, and until when.

    What is kept are the first places of the session in order of time, each line of the reserve
    after the one above it; `before` are the places of the session that begin earlier.
    """
    kept: dict[int, datetime] = {}
    start = 0
    for line in reserve:
        end = start + line["places"]
        for place in range(max(1, start - before + 1), min(places, end - before) + 1):
            if line["organisation"] != practice:
                kept[place] = datetime.fromisoformat(line["until"])
        start = end
    return kept


def free_from(kept: Mapping[int, datetime], *, free: Collection[int]) -> datetime | None:
    """When the first of the free places is anybody's; None where one is, or none is free."""
    untils = [kept.get(place) for place in free]
    found = [until for until in untils if until is not None]
    return min(found) if found and len(found) == len(untils) else None
