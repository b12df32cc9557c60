"""When: what a change of a session would mean for everybody who is booked into it."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Q

from appointments.models import Booking, Session, Slot
from appointments.rules.codes import OCCUPYING
from appointments.rules.rota_change import Change, OldSlot, Taken, plan_change
from appointments.rules.slotting import Span, slot_times
from practices.rules.refusals import Conflict

LIVE = tuple(sorted(state.value for state in OCCUPYING if state.value != "attended"))


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """What should be different; None keeps what is. `is_cancelled` leaves nothing.

    `has_left`: the clinician is gone, which the desk may say too.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    slot_minutes: int | None = None
    places: int | None = None
    reason: str = ""
    is_cancelled: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """One booking of the session: where it was, and where it goes if it moves."""

    booking_id: int
    public_id: uuid.UUID
    case_ref: str
    state: str
    starts_at: datetime
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Everybody booked into the session, in exactly one of three lists."""

    session_id: int
    stays: tuple[Affected, ...]
    moves: tuple[Affected, ...]
    displaced: tuple[Affected, ...]


def preview_change(*, session_id: int, wish: ChangeWish, at: datetime) -> Effect | None:
    """What the change would do; nothing is done. Four statements."""
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        return None
    slots = list(Slot.objects.filter(session=session, status=Slot.Status.OPEN).order_by("pk"))
    return effect_of(session, *planned(session, slots, wish, at=at))


def planned(
    session: Session, slots: list[Slot], wish: ChangeWish, *, at: datetime
) -> tuple[Change, list[Booking]]:
    """The plan for the slots and the live bookings it is about. Two statements."""
    if session.status != Session.Status.PUBLISHED:
        raise Conflict("This session is cancelled.")
    lives = ~Q(state="held") | Q(expires_at__gt=at)
    found = Booking.objects.filter(lives, slot__in=slots, state__in=LIVE)
    bookings = list(found.order_by("starts_at", "pk"))
    _check_all_seen(slots, bookings, at=at)
    people: dict[int, list[Taken]] = {}
    for row in bookings:
        who = Taken(row.pk, row.place, row.state, is_double=row.is_double)
        people.setdefault(row.slot_id, []).append(who)
        if row.second_slot_id is not None:
            people.setdefault(row.second_slot_id, []).append(replace(who, began_at=row.starts_at))
    old = [
        OldSlot(slot.pk, Span(slot.starts_at, slot.ends_at), tuple(people.get(slot.pk, ())))
        for slot in slots
    ]
    change = plan_change(old, _spans(session, wish), places=wish.places or session.places, at=at)
    return change, bookings


def effect_of(session: Session, change: Change, bookings: list[Booking]) -> Effect:
    """The plan in terms of bookings."""

    def about(row: Booking) -> Affected:
        span = change.moves.get(row.pk)
        return Affected(
            booking_id=row.pk,
            public_id=row.public_id,
            case_ref=row.case_ref,
            state=row.state,
            starts_at=row.starts_at,
            to=span.starts_at if span else None,
        )

    return Effect(
        session_id=session.pk,
        stays=tuple(about(row) for row in bookings if row.pk in change.stays),
        moves=tuple(about(row) for row in bookings if row.pk in change.moves),
        displaced=tuple(about(row) for row in bookings if row.pk in change.displaced),
    )


def _spans(session: Session, wish: ChangeWish) -> list[Span]:
    if wish.is_cancelled:
        return []
    return slot_times(
        wish.starts_at or session.starts_at,
        wish.ends_at or session.ends_at,
        minutes=wish.slot_minutes or session.slot_minutes,
    )


def _check_all_seen(slots: list[Slot], bookings: list[Booking], *, at: datetime) -> None:
    """Every taken place is one whose booking we see: nobody is lost because of a wall."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM appointments_place WHERE slot_id = ANY (%s)"
            " AND state = ANY (%s) AND (state <> 'held' OR expires_at > %s)",
            [[slot.pk for slot in slots], list(LIVE), at],
        )
        taken = cursor.fetchone()[0]
    if taken != sum(row.slots_used for row in bookings):
        raise Conflict("Patients of a practice you no longer serve are booked here. Call them in.")
