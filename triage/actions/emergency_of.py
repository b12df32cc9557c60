"""Whom an emergency is about, where it was pressed on a patient's page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from practices import audit
from practices.actions.reading import open_patient
from practices.models import Patient
from practices.queries import PatientRow
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.actions.emergencies import raise_emergency
from triage.models import Case, Emergency
from triage.queries.contact import contact_of
from triage.queries.emergencies import EmergencyRow, emergency_row


@dataclass(frozen=True, slots=True)
class Whom:
    """The patient, and the number to ring; blank where none may be rung."""

    patient: PatientRow
    phone: str


@dataclass(frozen=True, slots=True)
class Call:
    """An emergency, and the patient it is about where whoever looks may see them."""

    row: EmergencyRow
    patient: PatientRow | None


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


def raise_of(
    *, patient: str, case: str, phone: str, where: str, is_here: bool, by: Actor, at: datetime
) -> Emergency:
    """The call is about the patient of the page it was pressed on, where that names one."""
    raised = raise_emergency(phone=phone, where=where, is_here=is_here, by=by, at=at)
    raised.patient = meant(patient=patient, case=case)
    if raised.patient is not None:
        raised.save(update_fields=["patient"])
        facts = {"entity_id": raised.reference, "patient": raised.patient.pk}
        audit.write("emergency.about", entity="emergency", by=by, at=at, **facts)
    return raised


def meant(*, patient: str, case: str) -> Patient | None:
    """Whom a call for help is about, in reach; nobody holds it up."""
    if found := Case.objects.select_related("patient").filter(reference=case).first():
        return found.patient
    public_id = _read(patient)
    if public_id is None:
        return None
    return Patient.objects.filter(public_id=public_id, left_on__isnull=True).first()


def open_call(*, reference: str, by: Actor, at: datetime) -> Call:
    """One emergency in reach, and on record who looked at the patient it is about."""
    row = emergency_row(reference)
    if row is None:
        raise Absent
    about = Patient.objects.filter(pk=row.patient_id or 0, left_on__isnull=True).first()
    if about is None:
        return Call(row, None)
    return Call(row, open_patient(public_id=about.public_id, page="emergency", by=by, at=at))


def _read(patient: str) -> UUID | None:
    try:
        return UUID(patient)
    except ValueError:
        return None
