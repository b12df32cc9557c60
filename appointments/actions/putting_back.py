"""A slip of the hand is taken back: the patient has the place again that the slip took away."""

from datetime import datetime

from django.db.models import Q

from appointments.actions.locks import lock_places
from appointments.actions.moves import same_wish
from appointments.actions.overriding import OverrideWish
from appointments.actions.places import SlotTaken, Terms, give_back, take_place
from appointments.actions.stretches import Stretch, check_open
from appointments.models import LIVE, Booking, ContactEvent, Move
from practices import audit
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict

# A day that was over its limit may be so again (ADR 6).
UNDOING = OverrideWish("service_failure", "Undo within ten seconds")


def put_back(
    *,
    booking_id: int,
    was_id: int,
    since: datetime,
    asked_by: str,
    is_urgent: bool = False,
    by: Actor,
    at: datetime,
) -> Booking:
    """The patient is in the place of `was` again, and what they have now is free or counts no more.

    `since` is when it was done. Refused, with nothing changed, if somebody has the place by now.
    """
    now, was = _lock(booking_id, was_id, at=at)
    slots = [slot for slot in (was.slot, was.second_slot) if slot is not None]
    for slot in slots:
        check_open(slot)
    _end(now, at=at)
    overlap = was.overlap_override
    terms = Terms(
        state="booked",
        override=None if _is_filled(was, but=now, since=since, at=at) else UNDOING,
        overlap=OverrideWish(overlap.code, overlap.reason) if overlap else None,
        overflow_reason=was.overflow_reason,
        method=was.method,
        meter=was.meter,
        made_at=was.booked_at,
    )
    wanted = same_wish(was, is_urgent=is_urgent, asked_by=asked_by)
    try:
        back = take_place(Stretch(*slots), wanted, terms, by=by, at=at)
    except SlotTaken as taken:
        raise Conflict("Somebody has taken the old place meanwhile.", code=taken.code) from taken
    _keep_interpreter(was, back)
    why = {"by_id": by.user_id, "because": "undone"}
    Move.objects.create(from_booking=now, to_booking=back, at=at, **why)
    facts = {"to": back.pk, "because": "undone"}
    audit.write("booking.moved", entity="booking", entity_id=now.pk, by=by, at=at, **facts)
    return back


def _end(now: Booking, *, at: datetime) -> None:
    """What the patient has now is free for others; of what is over, nothing counts any more."""
    if now.state in LIVE:
        give_back(now, state="moved", because="undone", at=at)
        return
    now.state, now.ended_because, now.version = "moved", "undone", now.version + 1
    now.save(update_fields=["state", "ended_because", "version"])


def _keep_interpreter(was: Booking, back: Booking) -> None:
    """Who was to interpret comes to the old place."""
    if was.interpreter:
        back.interpreter = was.interpreter
        back.save(update_fields=["interpreter"])


def _lock(booking_id: int, was_id: int, *, at: datetime) -> tuple[Booking, Booking]:
    """Both bookings with all their slots locked; the one that stands is as it was left."""
    both = Booking.objects.filter(pk__in={booking_id, was_id})
    touched = {pk for pair in both.values_list("slot_id", "second_slot_id") for pk in pair if pk}
    lock_places(touched, practice_ids=set(both.values_list("practice_id", flat=True)), at=at)
    found = both.select_for_update(of=("self",)).select_related(
        "slot", "second_slot", "overlap_override"
    )
    rows = {row.pk: row for row in found.order_by("pk")}
    if len(rows) != len({booking_id, was_id}):
        raise Absent
    now, was = rows[booking_id], rows[was_id]
    if now.state == "moved" or (now is not was and now.state != "booked"):
        raise Conflict("This booking has changed since, so nothing was undone.")
    return now, was


def _is_filled(was: Booking, *, but: Booking, since: datetime, at: datetime) -> bool:
    """Whether somebody has used the clinician's day since: then its limit binds as always."""
    day = Q(clinician_id=was.clinician_id, day=was.day)
    with everywhere(because="what became of a clinician's day since", at=at):
        taken = Booking.objects.filter(day, state__in=LIVE, held_at__gte=since)
        logged = ContactEvent.objects.counted().filter(day, booking=None, at__gte=since)
        return taken.exclude(pk=but.pk).exists() or logged.exists()
