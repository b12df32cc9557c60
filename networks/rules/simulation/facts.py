"""What a synthetic network and its days consist of; minutes count from midnight."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from appointments.rules.codes import Mode
from hubs.rules.needs import Need, Urgency
from networks.rules.simulation.assumptions import CLOSES, OPENS, SESSION_LIMIT
from practices.rules.professions import Profession

HUB = "H"


class Kind(Enum):
    """What sort of place a slot is."""

    REGULAR = "regular"
    SQUEEZE = "squeeze"  # between two booked patients
    DUTY = "duty"  # the duty GP outside sessions


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sensitivity run changes."""

    demand: float = 1.0
    hub_size: int = 10


@dataclass(frozen=True, slots=True)
class Network:
    """What stays the same from day to day; travel and agreements by (practice, site)."""

    shares: Mapping[str, float]
    gps: Mapping[str, int]
    travel: Mapping[tuple[str, str], int]
    agreements: frozenset[tuple[str, str]]

    @property
    def practices(self) -> tuple[str, ...]:
        return tuple(self.shares)


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody at work on the day."""

    id: str
    profession: Profession
    site: str
    sessions: tuple[int, ...]
    publishes: bool

    @property
    def is_gp(self) -> bool:
        return self.profession is Profession.GP

    @property
    def limit(self) -> int:
        """The day's safe limit in tenths of a point."""
        return SESSION_LIMIT * len(self.sessions)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time one clinician can see one patient."""

    id: str
    clinician: str
    site: str
    start: int
    mode: Mode
    kind: Kind = Kind.REGULAR


@dataclass(frozen=True, slots=True)
class Fate:
    """What this patient will do, whoever arranges the day: drawn beforehand, the same for all."""

    comes: bool
    minutes: float
    cancels_at: int | None
    declines_hub: bool
    declines_move: bool
    practice_refuses: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody who asks for help on the day, or was booked before (`arrives` is then None).

    Who was left over yesterday has an `arrives` before opening time: core minutes, not the night.
    """

    id: str
    practice: str
    need: Need
    age: int
    urgency: Urgency
    points: int
    modes: frozenset[Mode]
    arrives: float | None
    due: float
    earliest: float
    usual: str | None
    is_fixed: bool
    fate: Fate

    @property
    def was_left(self) -> bool:
        """Whether nobody had a place for them yesterday."""
        return self.arrives is not None and self.arrives < OPENS

    @property
    def is_routine(self) -> bool:
        return self.urgency is Urgency.P6


@dataclass(frozen=True, slots=True)
class Day:
    """One day before anybody has decided anything: the same for every policy."""

    number: int
    network: Network
    clinicians: Mapping[str, Clinician]
    slots: Mapping[str, Slot]
    booked: Mapping[str, Case]  # by slot
    arrivals: tuple[Case, ...]

    def travel(self, case: Case, site: str) -> int:
        return 0 if site == case.practice else self.network.travel[case.practice, site]


def due_minute(urgency: Urgency, arrives: float, allowed: Mapping[Urgency, int]) -> float:
    """When the first contact is due: P1 to P4 today, the others by a later day's close."""
    if urgency in allowed:
        return min(arrives + allowed[urgency], CLOSES)
    days = 1 if urgency is Urgency.P5 else 3
    return CLOSES + days * 24 * 60
