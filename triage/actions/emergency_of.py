"""Whom an emergency is about, where it was pressed on a patient's page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from practices.actions.reading import open_patient
from practices.queries import PatientRow
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.models import Case
from triage.queries.contact import contact_of


@dataclass(frozen=True, slots=True)
class Whom:
    """The patient, and the number to ring; blank where none may be rung."""

    patient: PatientRow
    phone: str


def open_whom(*, patient: str, case: str, by: Actor, at: datetime) -> Whom | None:
    """The patient in reach, and on record who looked; None holds up no call for help.

    `case` is the request they call about: its number goes before the record's.
    """
    found = Case.objects.select_related("patient").filter(reference=case).first() if case else None
    public_id = found.patient.public_id if found else _read(patient)
    if public_id is None:
        return None
    try:
        row = open_patient(public_id=public_id, page="emergency", by=by, at=at)
    except Absent:
        return None
    return Whom(row, contact_of(found).rung_on if found else row.phone)


def _read(patient: str) -> UUID | None:
    try:
        return UUID(patient)
    except ValueError:
        return None
