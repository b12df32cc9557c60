"""Looking at what is there beside a sheet, on record like every look at a patient."""

import uuid
from datetime import datetime

from practices.actions.reading import open_patient
from practices.rules.reach import Actor
from triage.actions import desk
from triage.queries.paper_clash import Beside, OpenCase, beside, open_cases_of
from triage.queries.reception import DeskCase


def look_at_cases(*, public_id: uuid.UUID, by: Actor, at: datetime) -> tuple[OpenCase, ...]:
    """The patient's open cases."""
    patient = open_patient(public_id=public_id, page="paper", by=by, at=at)
    return open_cases_of(patient.id, at=at)


def look_beside(
    *, reference: str, slot_id: int | None, starts_at: datetime, by: Actor, at: datetime
) -> tuple[DeskCase, Beside]:
    """The case, and what is there now beside the sheet's appointment."""
    found = desk.open_case(reference=reference, by=by, at=at)
    return found, beside(reference, slot_id=slot_id, starts_at=starts_at, at=at)
