"""When more people at a hub need a supervisor than those who are there may answer for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from hubs.rules.opening import Period
from hubs.rules.supervision import SUPERVISED_BY_ONE


@dataclass(frozen=True, slots=True)
class There:
    """Somebody is at the hub from one instant up to another."""

    clinician_id: int
    starts_at: datetime
    ends_at: datetime


def crowded(led: Collection[There], leads: Collection[There]) -> list[Period]:
    """The times with too many people for the supervisors. With no supervisor at all it is a gap."""
    found: list[Period] = []
    for period in _moments([*led, *leads]):
        here, answering = _count(led, period), _count(leads, period)
        if not 0 < SUPERVISED_BY_ONE * answering < here:
            continue
        goes_on = found and found[-1].closes_at == period.opens_at
        since = found.pop().opens_at if goes_on else period.opens_at
        found.append(Period(since, period.closes_at))
    return found


def _moments(people: Collection[There]) -> Iterator[Period]:
    """The stretches in which nobody comes or goes."""
    turns = sorted({turn for one in people for turn in (one.starts_at, one.ends_at)})
    return (Period(*pair) for pair in pairwise(turns))


def _count(people: Collection[There], during: Period) -> int:
    return len(
        {
            one.clinician_id
            for one in people
            if one.starts_at <= during.opens_at and one.ends_at >= during.closes_at
        }
    )
