"""Why: several patients in one call, so that a family comes once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from appointments.queries import BookingRow, FreeSlot, bookings_of_case
from practices.rules.london import clock_words
from triage.models import Case
from triage.queries.contact import ContactFacts, contact_of
from triage.rules.routing import Option

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


def side_by_side(
    options: Iterable[Option],
    slots: Mapping[str, FreeSlot],
    other: Beside | None,
    *,
    is_double: bool,
) -> tuple[Option, ...]:
    """The list with the places next to the other patient's marked, and first where in time."""
    if other is None:
        return tuple(options)
    why = f"Beside {other.name}’s appointment at {clock_words(other.booking.starts_at)}"
    marked = [
        option._replace(beside=why)
        if (slot := slots.get(option.candidate.key))
        and is_beside(slot, other.booking, is_double=is_double)
        else option
        for option in options
    ]
    return tuple(sorted(marked, key=lambda option: not _is_first(option)))


def _is_first(option: Option) -> bool:
    return bool(option.beside) and not option.is_late and not option.past_limit


def is_beside(slot: FreeSlot, booking: BookingRow, *, is_double: bool) -> bool:
    """Whether both can be seen in one visit: same house, just before or just after."""
    ends_at = slot.ends_at + (slot.ends_at - slot.starts_at if is_double else timedelta(0))
    gap = max(slot.starts_at - booking.ends_at, booking.starts_at - ends_at)
    return slot.organisation == booking.place_name and gap <= NEAR
