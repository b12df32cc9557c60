"""When: clinicians' days as their records tell them, to hold forecasts against."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from appointments.models import ContactEvent, Session, Slot
from appointments.rules.forecast import Worked, hours_of
from appointments.rules.forecast_error import KeptBooking, LivedDay
from appointments.rules.safe_working import Planned
from practices.queries import limits_on
from practices.rules.london import day_of

# When a booking was over stands in the audit, or with the contact it became. One that is over and
# says nowhere when counts as never known.
BOOKINGS = """
WITH ends AS (
  SELECT entity_id, min(at) AS at FROM practices_auditentry
  WHERE entity = 'booking' AND verb IN
    ('booking.cancelled', 'booking.missed', 'booking.moved', 'hold.expired', 'hold.released')
  GROUP BY entity_id
)
SELECT booking.clinician_id, booking.starts_at, booking.points, booking.held_at,
       coalesce(contact.at, ends.at,
                CASE WHEN booking.state NOT IN ('held', 'booked', 'arrived')
                     THEN booking.held_at END),
       contact.id IS NOT NULL
FROM appointments_booking booking
LEFT JOIN appointments_contactevent contact
  ON contact.booking_id = booking.id AND booking.state <> 'moved'
LEFT JOIN ends ON ends.entity_id = booking.id::text
WHERE booking.day = %s
ORDER BY booking.clinician_id, booking.starts_at, booking.id
"""


@dataclass(slots=True)
class _Day:
    """What is gathered of one clinician's day."""

    bookings: list[KeptBooking] = field(default_factory=list)
    brief: list[Planned] = field(default_factory=list)
    places: list[datetime] = field(default_factory=list)
    worked: list[Worked] = field(default_factory=list)


def days_with_contacts(*, since: date, until: date) -> list[date]:
    """The days from `since` up to and with `until` that anybody had a contact on. One statement."""
    found = ContactEvent.objects.counted().filter(day__gte=since, day__lte=until)
    return list(found.order_by("day").values_list("day", flat=True).distinct())


def lived_days(on: date) -> dict[int, LivedDay]:
    """Every clinician in reach who had a contact or a booking that day. Five statements."""
    days: defaultdict[int, _Day] = defaultdict(_Day)
    _gather_bookings(days, on)
    logged = ContactEvent.objects.counted().filter(day=on, booking__isnull=True)
    brief = logged.order_by("at", "pk").values_list("clinician_id", "at", "points")
    for clinician_id, at, points in brief:
        days[clinician_id].brief.append(Planned(at, points))
    _gather_rota(days, on)
    limits = limits_on(days.keys(), on=on)
    return {
        clinician_id: LivedDay(
            limit=limits[clinician_id].effective.points,
            bookings=tuple(day.bookings),
            brief=tuple(day.brief),
            places=tuple(day.places),
            hours=hours_of(day.worked, on),
        )
        for clinician_id, day in sorted(days.items())
        if clinician_id in limits and (day.bookings or day.brief)
    }


def _gather_bookings(days: defaultdict[int, _Day], on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BOOKINGS, [on])
        for clinician_id, *facts in cursor.fetchall():
            days[clinician_id].bookings.append(KeptBooking(*facts))


def _gather_rota(days: defaultdict[int, _Day], on: date) -> None:
    slots = Slot.objects.filter(day=on, status=Slot.Status.OPEN).order_by("starts_at", "pk")
    for clinician_id, starts_at, places in slots.values_list("clinician_id", "starts_at", "places"):
        days[clinician_id].places.extend([starts_at] * places)
    for one in _sessions(on):
        days[one.clinician_id].worked.append(
            Worked(one.starts_at, one.ends_at, is_hub=one.hub_id is not None)
        )


def _sessions(on: date) -> Iterable[Session]:
    found = Session.objects.filter(status=Session.Status.PUBLISHED, slots__day=on).distinct()
    return [one for one in found.order_by("starts_at", "pk") if day_of(one.starts_at) == on]
