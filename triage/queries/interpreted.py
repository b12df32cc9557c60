"""Why: the appointments at which somebody interprets, and whether anybody is booked to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appointments.models import Booking
from appointments.queries.bookings import BookingRow, row_of, with_names
from practices.models import Patient
from triage.models import Case
from triage.rules.languages import language_in, taken_apart

# So many of the patient's interpreted appointments are looked at for their language.
LAST = 5


@dataclass(frozen=True, slots=True)
class Interpreted:
    """One appointment, whose, and what the patient needs in order to use it."""

    row: BookingRow
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    nhs_number: str | None
    practice: str
    needs: tuple[str, ...]
    language: str = ""


def interpreted(public_id: UUID | str) -> Interpreted | None:
    """The appointment in reach; None when absent. Three statements."""
    found = with_names(Booking.objects.filter(public_id=public_id))
    booking = found.select_related("patient", "practice__organisation").first()
    if booking is None:
        return None
    patient, said = booking.patient, case_needs([booking.case_ref])
    return Interpreted(
        row=row_of(booking),
        patient_id=patient.pk,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=booking.practice.organisation.name,
        needs=(*patient.access_needs, *said.get(booking.case_ref, ())),
        language=_language_of(patient),
    )


def _language_of(patient: Patient) -> str:
    """What somebody interpreted for the patient last, else what their access needs name."""
    before = Booking.objects.filter(patient_id=patient.pk).exclude(interpreter="")
    newest = before.order_by("-starts_at", "-id").values_list("interpreter", flat=True)
    spoken = (taken_apart(one)[0] for one in newest[:LAST])
    return next(filter(None, spoken), "") or language_in(patient.access_detail)


def case_needs(references: Collection[str]) -> dict[str, list[str]]:
    """What was said of access when each of these cases was asked for. One statement."""
    found = Case.objects.filter(reference__in={one for one in references if one})
    return dict(found.values_list("reference", "access_needs"))
