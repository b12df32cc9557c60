"""What a clinician's day asks of them beside points: sessions, stretches, admin time, debriefs.

BMA safe-working handbook 2024 (domain section 1): a session is 4 hours 10 minutes, at most 3 hours
of it consulting; the other 70 minutes are for results, letters and administration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import POINTS, WARN_AT_PERCENT, Planned, session_limit

LONGEST_STRETCH = 180
ADMIN_MINUTES = 70
# As long as one appointment: shorter gaps are breath between patients, not a break (assumed).
BREAK_MINUTES = 15
# Ten minutes a trainee's patient when debriefs begin (domain section 1).
DEBRIEF_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Stint:
    """One session of the day: where, when, whose time it is."""

    organisation_id: int
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class StintLoad:
    """A session with what counts in it against half a day's limit; tenths of a point."""

    stint: Stint
    points: int
    limit: int

    @property
    def is_over(self) -> bool:
        """Past half a day's safe limit."""
        return self.points > self.limit

    @property
    def is_near(self) -> bool:
        """Whether 85 % of it is used."""
        return self.points * 100 >= self.limit * WARN_AT_PERCENT


@dataclass(frozen=True, slots=True)
class Consulting:
    """A stretch spent with one patient."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Time without a patient, in so many minutes; without an end, no patient is left today."""

    minutes: int
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Debriefs:
    """Trainees' patients of the day and what talking them over costs their supervisor."""

    trainees: int = 0
    patients: int = 0

    @property
    def points(self) -> int:
        """In tenths, half a point a patient."""
        return self.patients * POINTS[ContactKind.DEBRIEF]

    @property
    def minutes(self) -> int:
        """Ten a patient."""
        return self.patients * DEBRIEF_MINUTES


def loads_of(
    stints: Sequence[Stint], contacts: Iterable[Planned], *, day_limit: int
) -> tuple[StintLoad, ...]:
    """Each session with the points of the contacts that begin in it; half the day is its limit."""
    counted = list(contacts)
    return tuple(
        StintLoad(
            stint,
            sum(one.points for one in counted if stint.starts_at <= one.at < stint.ends_at),
            session_limit(day_limit),
        )
        for stint in sorted(stints, key=lambda one: one.starts_at)
    )


def longest_stretch(patients: Iterable[Consulting]) -> int:
    """The minutes of the longest time without a break of a quarter of an hour."""
    longest, start, end = 0, None, None
    for one in sorted(patients, key=lambda one: (one.starts_at, one.ends_at)):
        if start is None or end is None or _minutes(end, one.starts_at) >= BREAK_MINUTES:
            start, end = one.starts_at, one.ends_at
        else:
            end = max(end, one.ends_at)
        longest = max(longest, _minutes(start, end))
    return longest


def next_break(patients: Iterable[Consulting], at: datetime) -> Pause | None:
    """The first quarter of an hour without a patient from now on; None where none is left."""
    ahead = [one for one in patients if one.ends_at > at]
    free = at
    for one in sorted(ahead, key=lambda one: (one.starts_at, one.ends_at)):
        if _minutes(free, one.starts_at) >= BREAK_MINUTES:
            return Pause(_minutes(at, free), free, one.starts_at)
        free = max(free, one.ends_at)
    return Pause(_minutes(at, free), free, None) if ahead else None


def squeezed_admin(stints: Sequence[Stint]) -> int | None:
    """The shortest time between two sessions where it is less than the 70 minutes; else None."""
    listed = sorted(stints, key=lambda one: one.starts_at)
    gaps = [max(0, _minutes(before.ends_at, after.starts_at)) for before, after in pairwise(listed)]
    shortest = min(gaps, default=ADMIN_MINUTES)
    return shortest if shortest < ADMIN_MINUTES else None


def second_shift(stints: Sequence[Stint], at: datetime) -> tuple[Stint, Stint] | None:
    """A session of today and an earlier one somewhere else: the limit is one for both."""
    listed = sorted(stints, key=lambda one: one.starts_at)
    for before, after in pairwise(listed):
        if before.organisation_id != after.organisation_id and after.ends_at > at:
            return before, after
    return None


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)
