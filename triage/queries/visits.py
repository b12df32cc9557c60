"""Why: a clinician's home visits of the day, for the phone in their hand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appointments.models import Booking
from appointments.rules.codes import Mode
from practices.clock import local_day
from practices.models import Patient
from triage.models import Case
from triage.queries.contact import ContactFacts, contact_of
from triage.rules.codes import Need

TODAYS = ("booked", "arrived", "attended", "missed")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: who, where, when, and how it stands. A planned one has no case."""

    public_id: UUID
    starts_at: datetime
    state: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    nhs_number: str | None
    practice: str
    address: str
    postcode: str
    needs: tuple[str, ...]
    detail: str
    reference: str
    need: Need | None
    phone: str
    contact: ContactFacts | None


def visits_of(clinician_id: int, *, at: datetime) -> list[Visit]:
    """The clinician's visits of today, in their order. Two statements."""
    found = Booking.objects.filter(
        clinician_id=clinician_id,
        day=local_day(at),
        mode=Mode.HOME_VISIT,
        state__in=TODAYS,
    ).select_related("patient", "practice__organisation")
    rows = list(found.order_by("starts_at", "id"))
    cases = {
        case.reference: case
        for case in Case.objects.filter(reference__in=[row.case_ref for row in rows])
    }
    return [_visit(row, row.patient, cases.get(row.case_ref)) for row in rows]


def _visit(row: Booking, patient: Patient, case: Case | None) -> Visit:
    return Visit(
        public_id=row.public_id,
        starts_at=row.starts_at,
        state=row.state,
        patient_id=patient.pk,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=row.practice.organisation.name,
        address=patient.address,
        postcode=patient.postcode,
        needs=tuple(patient.access_needs),
        detail=patient.access_detail,
        reference=case.reference if case else "",
        need=Need(case.need) if case else None,
        phone=case.phone if case else patient.phone,
        contact=contact_of(case) if case else None,
    )
