"""Why: the rows a case's page is made of."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from triage.rules.codes import Outcome
from triage.rules.states import State, Step


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Whose page this is: enough to be sure, and to call."""

    id: int
    public_id: uuid.UUID
    family_name: str
    given_name: str
    born_on: date
    sex: str
    nhs_number: str | None
    phone: str
    address: str
    postcode: str
    access_detail: str
    continuity: str
    usual_clinician: str
    declines_hub: bool
    born_estimated: bool
    standing: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Words about the case; `text` is empty once they were erased."""

    kind: str
    text: str
    at: datetime
    by: str
    is_erased: bool
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the history: what, who in which role, when, and with which reason."""

    step: Step
    at: datetime
    by: str
    role: str
    from_state: State
    to_state: State
    urgency: int
    code: str
    reason: str
    entered_at: datetime | None = None
    attempt: "AttemptRow | None" = None
    is_undone: bool = False
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """Somebody tried to reach the patient; `number_end` of the number rung, and by whom it was."""

    at: datetime
    by: str
    channel: str
    answered: bool
    met: str
    number_end: str = ""
    is_clinician: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How the case ended, each time it did and was not undone; by whose clinician."""

    code: Outcome
    at: datetime
    by: str
    record_viewed: str
    safety_net: str
    note: str
    is_written: bool
    is_by_practice: bool
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How the case ended until that was undone, to be changed or said again."""

    code: Outcome
    record_viewed: str
    safety_net: str
    note: str
    again_days: int | None


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """Another case of the same patient in reach."""

    reference: str
    submitted_at: datetime
    need: str
    state: State
    urgency: int
    outcome: str
