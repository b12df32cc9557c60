"""What the router weighs: the case, and each place it could go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from appointments.rules.codes import Mode
from hubs.rules.scope import PatientFacts
from practices.rules.access import AccessNeed, takes_two
from practices.rules.code import Code
from practices.rules.limits import LimitMode
from practices.rules.professions import Profession
from triage.rules.bookable import Bookable
from triage.rules.codes import Continuity, Need, OptionKind, Sex, Urgency

ANY_MODE: frozenset[Mode] = frozenset(Mode) - {Mode.HOME_VISIT}


class Where(Code):
    """Whose place it is, seen from the registered practice."""

    OWN = "own", "Own practice"
    HUB = "hub", "Hub"
    OTHER = "other", "Another practice"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides where a case may go.

    `replaces` is whose place the case has lost and may have again before anybody signs.
    """

    need: Need
    urgency: Urgency
    due_at: datetime
    age: int | None
    points: int = 10
    signed: bool = False
    bookable: Bookable = field(default=Bookable(now=True, reason=""))
    modes: frozenset[Mode] = ANY_MODE
    access_needs: frozenset[AccessNeed] = frozenset()
    continuity: Continuity = Continuity.GREEN
    continuity_clinician: int | None = None
    asked_for: int | None = None
    pregnant: bool = False
    unresolved: bool = False
    triaged_by_gp: bool = False
    crisis: bool = False
    declined_hub: bool = False
    sex: Sex = Sex.UNKNOWN
    replaces: Profession | None = None
    can_be_rung: bool = True
    patient: PatientFacts = field(init=False, repr=False, compare=False)
    is_double: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What scope depends on is put together once, not for each place."""
        patient = PatientFacts(
            need=self.need,
            age=self.age,
            pregnant=self.pregnant,
            unresolved=self.unresolved,
            triaged_by_gp=self.triaged_by_gp,
            crisis=self.crisis,
        )
        object.__setattr__(self, "patient", patient)
        object.__setattr__(self, "is_double", takes_two(self.access_needs))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a case could go. Points are tenths; `points_after` counts this case too.

    `pairs_left` are free here and right after it too; None where nothing follows.
    `who` is how the clinician may be named to this user ("Dr Khan", or "1 GP"). What does not
    apply to a kind (a pharmacy has no meter) keeps its default and refuses nothing.
    """

    key: str
    kind: OptionKind = OptionKind.SLOT
    where: Where = Where.OWN
    site: str = ""
    who: str = ""
    clinician: int | None = None
    profession: Profession | None = None
    starts_at: datetime | None = None
    mode: Mode | None = None
    travel_minutes: int = 0
    points_after: int = 0
    limit: int = 0
    limit_mode: LimitMode = LimitMode.SHADOW
    share_left: int | None = None
    may_borrow: bool = False
    agreement: bool = True
    supervised: bool = True
    access: frozenset[AccessNeed] = frozenset(AccessNeed)
    places_left: int = 1
    pairs_left: int | None = 1
    released_at: datetime | None = None
    audience_ok: bool = True
    on_leave: bool = False
    closed: str = ""
    takes: frozenset[Need] = frozenset(Need)
    min_age: int = 0
    max_age: int = 130
    sex: Sex | None = None
    ask_first: str = ""

    @property
    def is_over_limit(self) -> bool:
        """Whether the contact would take the clinician past the limit."""
        return self.limit > 0 and self.points_after > self.limit

    @property
    def is_away(self) -> bool:
        """Whether somebody other than the registered practice would see the patient."""
        return self.where is not Where.OWN
