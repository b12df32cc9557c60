"""What the solver is told: one network, one moment, nothing else.

Points are integer tenths (a routine contact is 10); instants are aware datetimes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

ROUTINE_POINTS = 10
EVERY_PRACTICE = "*"
URGENCIES = ("P0", "P1", "P2", "P3", "P4", "P5", "P6")
MOVABLE_URGENCIES = frozenset({"P3", "P4", "P5", "P6"})
EMERGENCY = "P0"


@dataclass(frozen=True, slots=True)
class Clinician:
    """Someone who sees patients today; `limit` is None where no limit is set."""

    id: str
    role: str
    site: str
    limit: int | None
    fixed_points: int
    supervises: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A time one clinician can see one case."""

    id: str
    clinician: str
    starts_at: datetime
    minutes: int
    mode: str
    published_to: frozenset[str]

    def is_open_to(self, practice: str) -> bool:
        return practice in self.published_to or EVERY_PRACTICE in self.published_to


@dataclass(frozen=True, slots=True)
class Case:
    """One patient's need. `slot` is where it is booked; `proposed` what the last run proposed.

    `own_practice_only` is the patient's wish to be seen nowhere else.
    """

    id: str
    practice: str
    need: str
    age: int
    points: int
    urgency: str
    modes: frozenset[str]
    earliest: datetime
    due: datetime
    continuity: str | None = None
    slot: str | None = None
    frozen: bool = False
    told: bool = False
    proposed: str | None = None
    own_practice_only: bool = False

    @property
    def anchor(self) -> str | None:
        """The slot that nobody would call a change."""
        return self.proposed or self.slot


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """A role may see a need between two ages, both included."""

    role: str
    need: str
    min_age: int
    max_age: int


@dataclass(frozen=True, slots=True)
class ShareCap:
    """At most `cases` of one practice's patients at one site."""

    practice: str
    site: str
    cases: int


@dataclass(frozen=True, slots=True)
class Supervision:
    """How many people one supervisor at a site may watch over."""

    site: str
    per_supervisor: int


@dataclass(frozen=True, slots=True)
class ComfortWeights:
    """What is weighed once the goals are settled; 1 is a planned case seen a minute later.

    `late_minute` is first by far, so that delay never makes a case cheaper to delay again. No
    place at all is as bad as `no_place_hours` of lateness. `disturbed` is an untold booking or a
    former proposal that changes: more than a day's start minutes.
    """

    late_minute: int = 2000
    no_place_hours: int = 8
    disturbed: int = 8000
    scarce_skill: int = 120
    travel_minute: int = 40
    start_minute: int = 1


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything a plan depends on; equal instances give equal plans.

    `travel` holds minutes by (practice, site); `agreements` the (practice, site) pairs signed.
    """

    now: datetime
    clinicians: tuple[Clinician, ...]
    slots: tuple[Slot, ...]
    cases: tuple[Case, ...]
    scope: tuple[ScopeRule, ...]
    travel: Mapping[tuple[str, str], int]
    agreements: frozenset[tuple[str, str]]
    share_caps: tuple[ShareCap, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    weights: ComfortWeights = ComfortWeights()
