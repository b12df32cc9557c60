"""What is known when somebody asks for help, and what a rule answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from practices.rules.access import AccessNeed
from triage.rules.callers import Identity
from triage.rules.codes import Need, Sex, Urgency


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of "because": a stable word, and words for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What the receptionist or the patient has told us."""

    need: Need
    words: str = ""
    flags: frozenset[str] = frozenset()
    flags_asked: bool = False
    born_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    access_needs: frozenset[AccessNeed] = frozenset()
    external_code: str = ""
    raised_to: Urgency | None = None
    identity: Identity = Identity.STATED
    born_estimated: bool = False
