"""Why: several patients in one call, so that a family comes once."""

from dataclasses import dataclass
from datetime import timedelta

from appointments.queries import BookingRow, bookings_of_case
from triage.models import Case
from triage.queries.contact import ContactFacts, contact_of

LIVE = ("booked", "arrived")
# As far apart as two appointments may be to count as one visit.
NEAR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OtherPatient:
    """The case of the other patient of the same call, with what was said of the caller."""

    reference: str
    name: str
    phone: str
    contact: ContactFacts


@dataclass(frozen=True, slots=True)
class Beside:
    """The other patient's appointment: a place next to it saves the family a journey."""

    name: str
    booking: BookingRow


def other_patient(reference: str) -> OtherPatient | None:
    """The case in reach; None when there is none. One statement."""
    if not reference:
        return None
    case = Case.objects.select_related("patient").filter(reference=reference).first()
    if case is None:
        return None
    name = f"{case.patient.given_name} {case.patient.family_name}"
    return OtherPatient(case.reference, name, case.phone, contact_of(case))


def beside(linked_id: int | None) -> Beside | None:
    """The live appointment of the linked case, if it has one in reach."""
    if linked_id is None:
        return None
    case = Case.objects.select_related("patient").filter(pk=linked_id).first()
    if case is None:
        return None
    live = [row for row in bookings_of_case(case.reference) if row.state in LIVE]
    return Beside(case.patient.given_name, live[-1]) if live else None
