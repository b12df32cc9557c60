"""Moving bookings in one step: no moment without a place, none with two."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from appointments.actions.bookings import lock_booking
from appointments.actions.locks import lock_places
from appointments.actions.overriding import OverrideWish
from appointments.actions.places import (
    Terms,
    Wanted,
    give_back,
    take_place,
)
from appointments.actions.stretches import Stretch, check_not_started, check_open, no_second_slot
from appointments.models import Booking, Move, Slot
from appointments.queries.stretches import slots_after
from appointments.rules.chains import Hop, in_order
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Refused

OVERLAPS = "This person already has an appointment at that time."


@dataclass(frozen=True, slots=True)
class MoveWish:
    """One booking should be in another slot. `never_past_limit` binds whatever the mode is.

    `made_at` is when it was written on paper: a place that had not begun then can be meant.
    """

    booking_id: int
    to_slot_id: int
    because: str
    is_urgent: bool
    overflow_reason: str = ""
    override: OverrideWish | None = None
    never_past_limit: bool = False
    made_at: datetime | None = None
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a chain, by booking: the moves made, and why the others stay where they are."""

    made: dict[int, Move]
    stays: dict[int, Refused]


class _ChainError(Exception):
    """One move of the chain cannot be made."""

    def __init__(self, booking_id: int, refusal: Refused) -> None:
        super().__init__(str(refusal))
        self.booking_id, self.refusal = booking_id, refusal


def move(
    *,
    booking_id: int,
    to_slot_id: int,
    because: str,
    is_urgent: bool,
    overflow_reason: str = "",
    override: OverrideWish | None = None,
    never_past_limit: bool = False,
    made_at: datetime | None = None,
    asked_by: str = "",
    by: Actor,
    at: datetime,
) -> Move:
    """The patient's place is in the other slot: released, then taken, in one transaction.

    With `never_past_limit` the receiving clinician's limit binds whatever the practice's mode.
    `asked_by` is who asks for the patient; a session may be for some of them only.
    """
    wish = MoveWish(
        booking_id,
        to_slot_id,
        because,
        is_urgent,
        overflow_reason=overflow_reason,
        override=override,
        never_past_limit=never_past_limit,
        made_at=made_at,
        asked_by=asked_by,
    )
    slots = _lock(_hops([wish]), at=at)
    old = _release(wish, slots, at=at)
    return _take(old, wish, slots, by=by, at=at)


def move_all(*, wishes: Collection[MoveWish], by: Actor, at: datetime) -> Moved:
    """Every booking that can be is in its other slot: all are released, then all taken.

    One that cannot be moved stays where it is, and with it only those that wanted its place.
    """
    named = {wish.booking_id: wish for wish in wishes}
    hops = in_order(_hops(wishes))
    slots = _lock(hops, at=at)
    stays: dict[int, Refused] = {}
    while True:
        going = [named[hop.booking] for hop in hops if hop.booking not in stays]
        try:
            with transaction.atomic():
                return Moved(made=_make(going, slots, by=by, at=at), stays=stays)
        except _ChainError as broken:
            stays[broken.booking_id] = broken.refusal


def _make(
    wishes: list[MoveWish], slots: dict[int, Slot], *, by: Actor, at: datetime
) -> dict[int, Move]:
    """All released, then all taken; the first that cannot be undoes the turn."""
    old: dict[int, Booking] = {}
    made: dict[int, Move] = {}
    for wish in wishes:
        with _named(wish):
            old[wish.booking_id] = _release(wish, slots, at=at)
    for wish in wishes:
        with _named(wish):
            made[wish.booking_id] = _take(old[wish.booking_id], wish, slots, by=by, at=at)
    return made


@contextmanager
def _named(wish: MoveWish) -> Iterator[None]:
    """What goes wrong inside is this move's trouble."""
    try:
        yield
    except Refused as refusal:
        raise _ChainError(wish.booking_id, refusal) from refusal
    except IntegrityError as clash:
        diagnosis = getattr(clash.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != "patient_in_one_place":
            raise
        raise _ChainError(wish.booking_id, Conflict(OVERLAPS, code="duplicate")) from clash


def _hops(wishes: Collection[MoveWish]) -> list[Hop]:
    leaving = dict(
        Booking.objects.filter(pk__in=[wish.booking_id for wish in wishes])
        .order_by("pk")
        .values_list("pk", "slot_id")
    )
    if len(leaving) != len(wishes):
        raise Absent
    return [Hop(one.booking_id, leaving[one.booking_id], one.to_slot_id) for one in wishes]


def _lock(hops: Collection[Hop], *, at: datetime) -> dict[int, Slot]:
    """All slots, their shares and ledgers are locked: two chains never wait for each other.

    Of a double the second slots too, the one it leaves and the one it would take.
    """
    moving = Booking.objects.filter(pk__in=[hop.booking for hop in hops]).order_by("pk")
    second = dict(moving.values_list("pk", "second_slot_id"))
    practices = set(moving.values_list("practice_id", flat=True))
    touched = {slot for hop in hops for slot in (hop.leaves, hop.takes)}
    touched |= {slot for slot in second.values() if slot is not None}
    doubles = [hop.takes for hop in hops if second.get(hop.booking) is not None]
    touched |= set(slots_after(doubles).values()) if doubles else set()
    return lock_places(touched, practice_ids=practices, at=at)


def _release(wish: MoveWish, slots: dict[int, Slot], *, at: datetime) -> Booking:
    old = lock_booking(wish.booking_id)
    if old.state != "booked":
        raise Conflict("This booking has changed since. Look again.")
    check_not_started(old.slot, at=wish.made_at or at)
    for slot in _stretch(old, wish, slots).slots:
        check_open(slot)
        check_not_started(slot, at=wish.made_at or at)
    return give_back(old, state="moved", because=wish.because, at=at)


def _stretch(old: Booking, wish: MoveWish, slots: dict[int, Slot]) -> Stretch:
    """Where the booking goes: a double goes to two slots that follow each other."""
    first = slots.get(wish.to_slot_id)
    if first is None:
        raise Refused("There is no such appointment.", code="not_found", field="slot")
    if not old.is_double:
        return Stretch(first)
    second = slots.get(slots_after([first.pk]).get(first.pk, 0))
    if second is None:
        raise no_second_slot()
    return Stretch(first, second)


def _take(old: Booking, wish: MoveWish, slots: dict[int, Slot], *, by: Actor, at: datetime) -> Move:
    # Whoever moves it speaks with the patient: from then on no machine has booked it alone.
    terms = Terms(
        state="booked",
        override=wish.override,
        never_past_limit=wish.never_past_limit,
        overflow_reason=wish.overflow_reason or old.overflow_reason,
        method="phone" if by.user_id else old.method,
        meter=old.meter,
        made_at=wish.made_at,
    )
    wanted = same_wish(old, is_urgent=wish.is_urgent, asked_by=wish.asked_by)
    new = take_place(_stretch(old, wish, slots), wanted, terms, by=by, at=at)
    made = Move.objects.create(
        from_booking=old,
        to_booking=new,
        at=wish.made_at or at,
        by_id=by.user_id,
        because=wish.because,
    )
    facts = {"to": new.pk, "because": wish.because}
    audit.write("booking.moved", entity="booking", entity_id=old.pk, by=by, at=at, **facts)
    return made


def same_wish(old: Booking, *, is_urgent: bool, asked_by: str) -> Wanted:
    """The same patient wants another place for the same need, at the same cost."""
    return Wanted(
        patient_id=old.patient_id,
        practice_id=old.practice_id,
        person_key=old.person_key,
        case_ref=old.case_ref,
        need=old.reason,
        points=old.points,
        is_urgent=is_urgent,
        is_double=old.is_double,
        asked_by=asked_by,
    )
