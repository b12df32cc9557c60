"""Moving a booking in one step: no moment without a place, none with two."""

from datetime import datetime

from appointments.actions.bookings import lock_booking
from appointments.actions.locks import lock_places
from appointments.actions.places import (
    OverrideWish,
    Terms,
    Wanted,
    check_not_started,
    give_back,
    lock_slot,
    take_place,
)
from appointments.models import Booking, Move
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict


def move(
    *,
    booking_id: int,
    to_slot_id: int,
    because: str,
    is_urgent: bool,
    overflow_reason: str = "",
    override: OverrideWish | None = None,
    never_past_limit: bool = False,
    by: Actor,
    at: datetime,
) -> Move:
    """The patient's place is in the other slot: released, then taken, in one transaction.

    With `never_past_limit` the receiving clinician's limit binds whatever the practice's mode.
    """
    _lock_in_order(booking_id, to_slot_id, at=at)
    old = lock_booking(booking_id)
    if old.state != "booked":
        raise Conflict("This booking has changed since. Look again.")
    check_not_started(old.slot, at=at)
    slot = lock_slot(to_slot_id)
    check_not_started(slot, at=at)
    give_back(old, state="moved", because=because, at=at)
    terms = Terms(
        state="booked",
        override=override,
        never_past_limit=never_past_limit,
        overflow_reason=overflow_reason or old.overflow_reason,
    )
    new = take_place(slot, _same_wish(old, is_urgent=is_urgent), terms, by=by, at=at)
    made = Move.objects.create(
        from_booking=old, to_booking=new, at=at, by_id=by.user_id, because=because
    )
    facts = {"to": new.pk, "because": because}
    audit.write("booking.moved", entity="booking", entity_id=old.pk, by=by, at=at, **facts)
    return made


def _same_wish(old: Booking, *, is_urgent: bool) -> Wanted:
    return Wanted(
        patient_id=old.patient_id,
        practice_id=old.practice_id,
        person_key=old.person_key,
        case_ref=old.case_ref,
        need=old.reason,
        points=old.points,
        is_urgent=is_urgent,
    )


def _lock_in_order(booking_id: int, to_slot_id: int, *, at: datetime) -> None:
    """Both slots, their shares and ledgers are locked: two moves never wait for each other."""
    found = Booking.objects.filter(pk=booking_id).values_list("slot_id", "practice_id").first()
    if found is None:
        raise Absent
    from_slot, practice_id = found
    lock_places({from_slot, to_slot_id}, practice_ids=[practice_id], at=at)
