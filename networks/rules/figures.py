"""One organisation's day in figures: what a snapshot keeps. No patients, no names of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from networks.rules.pressure import Evidence, Level, Pressure, Sign

CLASSES = ("P0", "P1", "P2", "P3", "P4", "P5", "P6")
# P1 to P4 are what the nation counts as clinically urgent; P0 is past counting.
URGENT_FROM, URGENT_TO = 1, 4


@dataclass(frozen=True, slots=True)
class Places:
    """The day's places: all, taken, and what can still be booked from now on."""

    total: int = 0
    booked: int = 0
    held: int = 0
    free: int = 0
    taken_last_hour: int = 0

    @property
    def taken(self) -> int:
        return self.booked + self.held

    @property
    def usable(self) -> int:
        """Taken or free: a place whose time passed unused is no longer a place."""
        return self.taken + self.free

    def __add__(self, other: Places) -> Places:
        return Places(
            self.total + other.total,
            self.booked + other.booked,
            self.held + other.held,
            self.free + other.free,
            self.taken_last_hour + other.taken_last_hour,
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """The clinicians of the day against their limits; `near` and `over` by profession."""

    expected: int = 0
    present: int = 0
    clinicians: int = 0
    green: int = 0
    amber: int = 0
    red: int = 0
    used: int = 0
    limit: int = 0
    near: Mapping[str, int] = field(default_factory=dict)
    over: Mapping[str, int] = field(default_factory=dict)
    next_breach_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases somebody still has to do something about, by class P0 to P6."""

    by_class: tuple[int, ...] = (0,) * len(CLASSES)
    late: int = 0
    late_urgent: int = 0
    untaken: int = 0
    unowned: int = 0
    for_today: int = 0
    oldest_at: datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.by_class)


@dataclass(frozen=True, slots=True)
class Access:
    """What the access measures are made of: how many in time, of how many that are decided."""

    urgent: int = 0
    urgent_same_day: int = 0
    planned_week: int = 0
    planned_week_kept: int = 0
    planned_fortnight: int = 0
    planned_fortnight_kept: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """One organisation's day as counted at an instant. Hours are of the wall clock."""

    places: Places = field(default_factory=Places)
    staff: Staff = field(default_factory=Staff)
    waiting: Waiting = field(default_factory=Waiting)
    access: Access = field(default_factory=Access)
    demand: Mapping[int, int] = field(default_factory=dict)
    capacity: Mapping[int, int] = field(default_factory=dict)
    proposals: int = 0
    share_left: int = 0
    share_places: int = 0
    full_at: datetime | None = None
    doubts: tuple[str, ...] = ()


def evidence_of(figures: Figures, *, is_hub: bool) -> Evidence:
    """The figures as the calculation of pressure reads them.

    A practice may count on its own places and on what is left of its share of the hub's.
    """
    staff, waiting, places = figures.staff, figures.waiting, figures.places
    over = staff.amber + staff.red
    return Evidence(
        clinicians=staff.clinicians,
        over_85=over + sum(staff.near.values()),
        over_100=over,
        over_140=staff.red,
        staff_expected=staff.expected,
        staff_present=staff.present,
        breached=waiting.late_urgent,
        unowned=waiting.unowned,
        unplaced_today=waiting.for_today,
        free_places=places.free + figures.share_left,
        hub_places=places.usable if is_hub else 0,
        hub_used=places.taken if is_hub else 0,
    )


def as_facts(figures: Figures, pressure: Pressure) -> dict[str, Any]:
    """What the database keeps of the figures and of the pressure's memory."""
    facts = asdict(figures)
    facts["staff"]["next_breach_at"] = _text(figures.staff.next_breach_at)
    facts["waiting"]["oldest_at"] = _text(figures.waiting.oldest_at)
    facts["full_at"] = _text(figures.full_at)
    facts["pressure"] = {
        "signs": [[sign.code, int(sign.level), sign.text] for sign in pressure.signs],
        "calm_since": _text(pressure.calm_since),
        "calm_worst": int(pressure.calm_worst),
    }
    return facts


def figures_from(facts: Mapping[str, Any]) -> Figures:
    """The figures the database kept."""
    staff, waiting = dict(facts["staff"]), dict(facts["waiting"])
    staff["next_breach_at"] = _instant(staff["next_breach_at"])
    waiting["oldest_at"] = _instant(waiting["oldest_at"])
    waiting["by_class"] = tuple(waiting["by_class"])
    return Figures(
        places=Places(**facts["places"]),
        staff=Staff(**staff),
        waiting=Waiting(**waiting),
        access=Access(**facts["access"]),
        demand=_hours(facts["demand"]),
        capacity=_hours(facts["capacity"]),
        proposals=facts["proposals"],
        share_left=facts["share_left"],
        share_places=facts["share_places"],
        full_at=_instant(facts["full_at"]),
        # Counts of before there were doubts have none.
        doubts=tuple(facts.get("doubts", ())),
    )


def pressure_from(facts: Mapping[str, Any], *, level: int, since: datetime) -> Pressure:
    """The pressure the database kept, with its memory of how calm it has been."""
    kept = facts["pressure"]
    return Pressure(
        level=Level(level),
        since=since,
        signs=tuple(Sign(code, Level(worth), text) for code, worth, text in kept["signs"]),
        calm_since=_instant(kept["calm_since"]),
        calm_worst=Level(kept["calm_worst"]),
    )


def _hours(kept: Mapping[str, int]) -> dict[int, int]:
    return {int(hour): number for hour, number in sorted(kept.items(), key=_by_number)}


def _by_number(item: tuple[str, int]) -> int:
    return int(item[0])


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
