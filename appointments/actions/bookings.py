"""Holding, booking and what becomes of a booking."""

from dataclasses import replace
from datetime import datetime

from appointments.actions.audiences import kept_for_others
from appointments.actions.changes import note_change
from appointments.actions.ledger import shift
from appointments.actions.overriding import OverrideWish
from appointments.actions.places import (
    Terms,
    Wanted,
    expire_holds,
    give_back,
    overlap_override,
    take_place,
)
from appointments.actions.stretches import (
    Stretch,
    check_not_paused,
    check_not_started,
    lock_stretch,
)
from appointments.models import Booking, ContactEvent, Slot
from appointments.rules.codes import BookingState, ContactKind, Mode
from appointments.rules.safe_working import kind_for
from appointments.rules.slotting import HOLD, LONGEST_HOLD
from practices import audit
from practices.clock import local_day
from practices.rules.london import clock_words
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Refused, VersionMoved


def hold_slot(
    *,
    slot_id: int,
    wanted: Wanted,
    by: Actor,
    at: datetime,
    override: OverrideWish | None = None,
) -> Booking:
    """A place of the slot is kept for the patient until `at + HOLD`."""
    stretch = lock_stretch(slot_id, is_double=wanted.is_double)
    slot = stretch.first
    check_not_started(slot, at=at)
    mine = Booking.objects.filter(
        slot=slot, case_ref=wanted.case_ref, state="held", expires_at__gt=at
    ).first()
    if mine is not None and mine.is_double == wanted.is_double:
        return _extend_hold(booking=mine, by=by, at=at)
    if mine is not None:
        # Since then it became known that the patient needs two together.
        release_hold(booking_id=mine.pk, by=by, at=at)
    booking = take_place(stretch, wanted, Terms(override=override), by=by, at=at)
    audit.write("slot.held", entity="booking", entity_id=booking.pk, by=by, at=at, slot=slot.pk)
    return booking


def book_slot(*, slot_id: int, wanted: Wanted, terms: Terms, by: Actor, at: datetime) -> Booking:
    """A place of the slot is the patient's at once, without a hold before."""
    stretch = lock_stretch(slot_id, is_double=wanted.is_double)
    check_not_started(stretch.first, at=terms.made_at or at)
    booking = take_place(stretch, wanted, replace(terms, state="booked"), by=by, at=at)
    _note_booked(booking, by=by, at=at)
    return booking


def _extend_hold(*, booking: Booking, by: Actor, at: datetime) -> Booking:
    """A hold that lives lasts `HOLD` from now, at most `LONGEST_HOLD` after it began."""
    booking.expires_at = min(at + HOLD, booking.held_at + LONGEST_HOLD)
    booking.save(update_fields=["expires_at"])
    audit.write("hold.extended", entity="booking", entity_id=booking.pk, by=by, at=at)
    return booking


def confirm(*, booking_id: int, terms: Terms, by: Actor, at: datetime) -> Booking:
    """The hold is a booking: its points move from held to booked."""
    booking = lock_booking(booking_id)
    if booking.state == "booked":
        return booking
    _check_hold_lives(booking, at=at)
    check_not_started(booking.slot, at=at)
    check_not_paused(booking.slot)
    if terms.override is None:
        _check_still_ours(booking, at=at)
    shift(
        clinician_id=booking.clinician_id,
        day=booking.day,
        points=booking.points,
        start="held",
        to="booked",
    )
    booking.state, booking.booked_at, booking.expires_at = "booked", at, None
    booking.method, booking.meter, booking.version = terms.method, terms.meter, booking.version + 1
    booking.overflow_reason = terms.overflow_reason if booking.hub_id else ""
    stretch = Stretch(booking.slot, booking.second_slot)
    booking.overlap_override = overlap_override(terms, stretch, booking.case_ref, by=by, at=at)
    booking.save()
    _note_booked(booking, by=by, at=at)
    return booking


def _check_still_ours(booking: Booking, *, at: datetime) -> None:
    """The session may have been given to others since the place was held."""
    slots = [booking.slot] if booking.second_slot is None else [booking.slot, booking.second_slot]
    kept = kept_for_others(slots, practice_id=booking.practice_id, asked_by="", at=at)
    if booking.place in kept:
        until = clock_words(kept[booking.place])
        raise Refused(f"Kept for another practice until {until}", code="embargo", field="slot")


def release_hold(*, booking_id: int, by: Actor, at: datetime) -> Booking:
    """The held place is free again at once; one whose hold ran out is free already."""
    booking = lock_booking(booking_id)
    if booking.state == "expired":
        return booking
    if booking.state != "held":
        raise Conflict("This hold is over.", code="hold_expired")
    give_back(booking, state="expired", because="let_go", at=at)
    audit.write("hold.released", entity="booking", entity_id=booking.pk, by=by, at=at)
    return booking


def cancel(*, booking_id: int, because: str, by: Actor, at: datetime) -> Booking:
    """The booking is cancelled and its place is free; twice is told, not done."""
    booking = lock_booking(booking_id)
    if booking.state not in ("booked", "arrived"):
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    give_back(booking, state="cancelled", because=because, at=at)
    audit.write(
        "booking.cancelled", entity="booking", entity_id=booking.pk, by=by, at=at, because=because
    )
    return booking


def mark_arrived(*, booking_id: int, by: Actor, at: datetime) -> Booking:
    """The patient is in the waiting room."""
    booking = lock_booking(booking_id)
    if booking.state == "arrived":
        return booking
    if booking.state != "booked":
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    return _become(booking, "arrived", by=by, at=at)


def mark_not_arrived(*, booking_id: int, by: Actor, at: datetime) -> Booking:
    """The patient is still expected: that they had arrived was a slip of the hand."""
    booking = lock_booking(booking_id)
    if booking.state != "arrived":
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    return _become(booking, "booked", by=by, at=at)


def keep_interpreter(
    *, booking_id: int, words: str, version: int | None, by: Actor, at: datetime
) -> Booking:
    """It is kept with this time who interprets; a move leaves it behind, and the planner knows.

    What another desk kept since `version` was read is not written over unseen.
    """
    booking = lock_booking(booking_id)
    if booking.state not in {"booked", "arrived"}:
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    if booking.interpreter == words:
        return booking
    if version != booking.version:
        raise VersionMoved(
            "Somebody changed this appointment since you opened it. Kept now:"
            f" {booking.interpreter or 'nobody'}. You entered: {words or 'nobody'}."
            " To keep yours, press the button again",
            field="words",
        )
    booking.interpreter, booking.version = words, booking.version + 1
    booking.save(update_fields=["interpreter", "version"])
    note_change(booking.slot, at=at)
    audit.write("booking.interpreter", entity="booking", entity_id=booking.pk, by=by, at=at)
    return booking


def mark_attended(
    *, booking_id: int, by: Actor, at: datetime, happened_at: datetime | None = None
) -> Booking:
    """The patient was seen, then or now: booked points become a logged contact."""
    booking = lock_booking(booking_id)
    if booking.state == "attended":
        return booking
    if booking.state not in ("booked", "arrived"):
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    if booking.day > local_day(at):
        raise Refused("This appointment is on a later day.", code="not_started")
    shift(
        clinician_id=booking.clinician_id,
        day=booking.day,
        points=booking.points,
        start="booked",
        to="logged",
    )
    ContactEvent.objects.create(
        clinician_id=booking.clinician_id,
        organisation_id=booking.slot.provider_id,
        at=happened_at or at,
        day=booking.day,
        kind=kind_for(ContactKind.FACE_TO_FACE, Mode(booking.mode)),
        points=booking.points,
        booking=booking,
        by_id=by.user_id,
    )
    return _become(booking, "attended", by=by, at=at)


def mark_missed(*, booking_id: int, by: Actor, at: datetime) -> Booking:
    """The patient did not come: the place was kept, the points are given back."""
    booking = lock_booking(booking_id)
    if booking.state not in ("booked", "arrived"):
        raise Conflict(f"This booking is already {_words(booking)}.", code="stale")
    if booking.starts_at > at:
        raise Refused("This appointment has not started yet.", code="not_started")
    was = booking.state
    give_back(booking, state="missed", because="missed", at=at)
    audit.write("booking.missed", entity="booking", entity_id=booking.pk, by=by, at=at, was=was)
    return booking


def tidy_holds(*, by: Actor, at: datetime) -> int:
    """Holds that ran out are marked so; nothing depends on it, lists only get shorter."""
    late = Booking.objects.filter(state="held", expires_at__lte=at).order_by("slot_id")
    stretches = list(late.values_list("slot_id", "second_slot_id").distinct()[:200])
    slot_ids = {pk for stretch in stretches for pk in stretch if pk is not None}
    found = Slot.objects.select_for_update(skip_locked=True).filter(pk__in=slot_ids)
    slots = {slot.pk: slot for slot in found.order_by("pk")}
    for first, second in stretches:
        if first in slots and (second is None or second in slots):
            expire_holds(slots[first], at=at)
    return len(stretches)


def lock_booking(booking_id: int) -> Booking:
    """The booking and its slots, locked in that order of the law: slots first, then booking."""
    stretch = Booking.objects.filter(pk=booking_id).values_list("slot_id", "second_slot_id").first()
    if stretch is None:
        raise Absent
    taken = [pk for pk in stretch if pk is not None]
    list(Slot.objects.select_for_update().filter(pk__in=taken).order_by("pk"))
    found = Booking.objects.select_for_update(of=("self",)).select_related("slot__clinician")
    return found.get(pk=booking_id)


def _note_booked(booking: Booking, *, by: Actor, at: datetime) -> None:
    facts = {"slot": booking.slot_id, "overflow": booking.overflow_reason}
    audit.write("slot.booked", entity="booking", entity_id=booking.pk, by=by, at=at, **facts)


def _check_hold_lives(booking: Booking, *, at: datetime) -> None:
    if booking.state != "held" or booking.expires_at is None or booking.expires_at <= at:
        raise Conflict("The hold ran out. Choose again.", code="hold_expired")


def _become(booking: Booking, state: str, *, by: Actor, at: datetime) -> Booking:
    booking.state, booking.version = state, booking.version + 1
    booking.save(update_fields=["state", "version"])
    note_change(booking.slot, at=at)
    audit.write(f"booking.{state}", entity="booking", entity_id=booking.pk, by=by, at=at)
    return booking


def _words(booking: Booking) -> str:
    return BookingState(booking.state).label.lower()
