"""When: bookings in reach."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from appointments.models import Booking, Move, Slot
from appointments.rules.codes import Mode
from practices.rules.london import day_of
from practices.rules.postcodes import site_words

# How far ahead the desk is told of an appointment the patient already has.
COMING = timedelta(days=14)
BY_WIRE = {Mode.PHONE: "by phone", Mode.VIDEO: "by video", Mode.ONLINE: "online"}


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking with the words to show it by."""

    id: int
    public_id: uuid.UUID
    case_ref: str
    session: uuid.UUID
    slot_id: int
    practice_id: int
    hub_id: int | None
    house_id: int
    place_name: str
    site: str
    address: str
    clinician_id: int
    clinician: str
    profession: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    category: str
    need: str
    state: str
    held_at: datetime | None
    expires_at: datetime | None
    overflow_reason: str
    meter: dict[str, object]
    points: int
    version: int
    method: str
    booked_at: datetime | None
    interpreter: str


def booking_row(public_id: uuid.UUID | str) -> BookingRow | None:
    """The booking in reach under this public id. One statement."""
    found = with_names(Booking.objects.filter(public_id=public_id)).first()
    return row_of(found) if found else None


def bookings_of_case(case_ref: str) -> list[BookingRow]:
    """Every hold and booking of the case in reach, oldest first. One statement."""
    return [row_of(row) for row in with_names(Booking.objects.filter(case_ref=case_ref))]


def coming_bookings(patient_id: int, *, at: datetime) -> list[BookingRow]:
    """The patient's appointments in reach that have not ended, of today and the next 14 days.

    By start, those planned ahead of any case among them. One statement.
    """
    ahead = Booking.objects.filter(
        patient_id=patient_id,
        state__in=("booked", "arrived"),
        ends_at__gt=at,
        day__lte=day_of(at) + COMING,
    )
    return [row_of(row) for row in with_names(ahead).order_by("starts_at", "id")]


def place_of(booking: Booking) -> str:
    """Where a patient is met, as they read it: nobody travels to a call. One statement at most."""
    if booking.mode in BY_WIRE:
        return BY_WIRE[Mode(booking.mode)]
    found = Slot.objects.filter(pk=booking.slot_id).values_list(
        "session__site__name", "session__site__address", "session__site__postcode"
    )
    return site_words(*(found.first() or ("", "", "")))


def with_names(found: QuerySet[Booking]) -> QuerySet[Booking]:
    """The bookings with every name a row shows."""
    return found.select_related(
        "clinician__user",
        "slot__session__site",
        "hub__organisation",
        "slot__practice__organisation",
    ).order_by("held_at", "id")


def row_of(row: Booking) -> BookingRow:
    """The row of a booking that was loaded with `with_names`."""
    provider = row.hub or row.slot.practice
    assert provider is not None, "a slot has one home"
    session = row.slot.session
    return BookingRow(
        id=row.pk,
        public_id=row.public_id,
        case_ref=row.case_ref,
        session=session.public_id,
        slot_id=row.slot_id,
        practice_id=row.practice_id,
        hub_id=row.hub_id,
        house_id=provider.pk,
        place_name=provider.organisation.name,
        site=session.site.name,
        address=session.site.address,
        clinician_id=row.clinician_id,
        clinician=row.clinician.user.name,
        profession=row.clinician.profession,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=row.mode,
        category=session.category,
        need=row.reason,
        state=row.state,
        held_at=row.held_at,
        expires_at=row.expires_at,
        overflow_reason=row.overflow_reason,
        meter=row.meter,
        points=row.points,
        version=row.version,
        method=row.method,
        booked_at=row.booked_at,
        interpreter=row.interpreter,
    )


def appointment_of(booking: Booking) -> uuid.UUID:
    """The public id the appointment began with: moved, it is still the same one.

    A statement for each move, and one.
    """
    return appointments_of([booking])[booking.pk]


def appointments_of(bookings: Collection[Booking]) -> dict[int, uuid.UUID]:
    """The same of many, by booking: a statement for each move of the one moved most, and one."""
    first = {booking.pk: booking for booking in bookings}
    moves = Move.objects.select_related("from_booking").order_by("-id")
    while found := moves.filter(to_booking__in=list(first.values())):
        before = {move.to_booking_id: move.from_booking for move in found}
        first = {pk: before.get(one.pk, one) for pk, one in first.items()}
    return {pk: one.public_id for pk, one in first.items()}
