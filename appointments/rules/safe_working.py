"""Safe working: what a contact costs, how full a day is, and when it will be too full.

Points are whole tenths (a routine contact is 10). Figures: BMA safe-working guidance, domain
section 1: safe to 25, unsafe over 35 a day; a complex contact counts 2.5; limiting starts at 85 %.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from appointments.rules.codes import ContactKind, Mode
from practices.rules.access import LONGER, AccessNeed
from practices.rules.code import Code

POINTS: Mapping[ContactKind, int] = {
    ContactKind.FACE_TO_FACE: 10,
    ContactKind.COMPLEX: 25,
    ContactKind.PHONE: 10,
    ContactKind.ONLINE: 5,
    ContactKind.HOME_VISIT: 25,
    ContactKind.BRIEF_ADVICE: 5,
    ContactKind.RESULTS_CALL: 5,
    ContactKind.DEBRIEF: 5,
    ContactKind.DOCUMENT: 0,
    ContactKind.PRESCRIPTION: 0,
}
COUNTED_APART: frozenset[ContactKind] = frozenset({ContactKind.DOCUMENT, ContactKind.PRESCRIPTION})
ONE_CONTACT = 10
LONGER_POINTS = 20
WARN_AT_PERCENT = 85
RED_OVER_AMBER = (35, 25)

_KIND_OF_MODE: Mapping[Mode, ContactKind] = {
    Mode.FACE_TO_FACE: ContactKind.FACE_TO_FACE,
    Mode.PHONE: ContactKind.PHONE,
    Mode.VIDEO: ContactKind.PHONE,
    Mode.ONLINE: ContactKind.ONLINE,
    Mode.HOME_VISIT: ContactKind.HOME_VISIT,
}


class Level(Code):
    """How a day stands against its limit."""

    GREEN = "green", "Within the safe limit"
    AMBER = "amber", "Over the safe limit"
    RED = "red", "Unsafe"


@dataclass(frozen=True, slots=True)
class Meter:
    """One clinician's day: points in tenths, and the raw count beside them."""

    limit: int
    held: int = 0
    booked: int = 0
    logged: int = 0
    contacts: int = 0

    @property
    def used(self) -> int:
        """Everything that counts against the limit."""
        return self.held + self.booked + self.logged

    @property
    def room(self) -> int:
        """Points left; never negative."""
        return max(0, self.limit - self.used)

    @property
    def excess(self) -> int:
        """Points past the limit; never negative."""
        return max(0, self.used - self.limit)

    @property
    def heaviest(self) -> int:
        """The worse of points and raw count, in tenths: the level follows it."""
        return max(self.used, self.contacts * ONE_CONTACT)

    @property
    def level(self) -> Level:
        """Green to the limit, amber past it, red past 35/25 of it."""
        unsafe, safe = RED_OVER_AMBER
        if self.heaviest * safe > self.limit * unsafe:
            return Level.RED
        return Level.AMBER if self.heaviest > self.limit else Level.GREEN

    @property
    def is_near(self) -> bool:
        """Whether 85 % of the limit is used: the moment to start limiting."""
        return self.heaviest * 100 >= self.limit * WARN_AT_PERCENT


@dataclass(frozen=True, slots=True)
class Planned:
    """A contact that is still to come, with its points in tenths."""

    at: datetime
    points: int


def kind_for(usual: ContactKind, mode: Mode) -> ContactKind:
    """What a contact for a need is when it happens in this mode; complex stays complex."""
    return usual if usual is ContactKind.COMPLEX else _KIND_OF_MODE[mode]


def points_for(
    kind: ContactKind,
    access_needs: Collection[AccessNeed] = (),
    points: Mapping[ContactKind, int] = POINTS,
) -> int:
    """Tenths of a point the contact costs; double time and interpreters cost at least two."""
    usual = points[kind]
    if usual and LONGER.intersection(access_needs):
        return max(usual, LONGER_POINTS)
    return usual


def count_of(kinds: Iterable[ContactKind]) -> int:
    """The raw number of contacts; documents and prescriptions are counted apart."""
    return sum(1 for kind in kinds if kind not in COUNTED_APART)


def fits(points: int, used: int, limit: int) -> bool:
    """Whether the points can be added without passing the limit."""
    return used + points <= limit


def session_limit(day_limit: int) -> int:
    """The limit of a half-day session: 12.5 points of 25."""
    return day_limit // 2


def full_at(limit: int, counted: int, planned: Iterable[Planned]) -> datetime | None:
    """When the day's room is used up: the contact that reaches the limit."""
    return _first_time(counted, planned, threshold=limit)


def breach_forecast(limit: int, counted: int, planned: Iterable[Planned]) -> datetime | None:
    """When the limit will be passed if the day goes on as booked, or None."""
    return _first_time(counted, planned, threshold=limit + 1)


def _first_time(counted: int, planned: Iterable[Planned], *, threshold: int) -> datetime | None:
    total = counted
    for contact in sorted(planned, key=lambda contact: contact.at):
        total += contact.points
        if total >= threshold:
            return contact.at
    return None


def in_words(tenths: int) -> str:
    """Points for people: 25, 12.5."""
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else f"{whole}"
