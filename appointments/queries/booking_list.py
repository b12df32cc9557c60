"""When: bookings in reach, turned page by page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from appointments.models import Booking
from appointments.queries.bookings import BookingRow, row_of, with_names
from practices.queries.paging import Page, Turn, page_of


@dataclass(frozen=True, slots=True)
class BookingQuestion:
    """Which bookings; organisations by code."""

    day: date | None = None
    state: str = ""
    case: str = ""
    clinician_id: int | None = None
    practice: str = ""
    hub: str = ""


def booking_list(*, asked: BookingQuestion, turn: Turn) -> Page[BookingRow]:
    """Bookings in reach by start. One statement."""
    which = Q()
    if asked.day is not None:
        which &= Q(day=asked.day)
    if asked.state:
        which &= Q(state=asked.state)
    if asked.case:
        which &= Q(case_ref=asked.case)
    if asked.clinician_id is not None:
        which &= Q(clinician_id=asked.clinician_id)
    if asked.practice:
        which &= Q(practice__organisation__code=asked.practice)
    if asked.hub:
        which &= Q(hub__organisation__code=asked.hub)
    found = with_names(Booking.objects.filter(which))
    return page_of(found, keys=("starts_at", "pk"), turn=turn, row=row_of)
