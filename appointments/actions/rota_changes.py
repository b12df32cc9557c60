"""Changing or cancelling a published session so that nobody booked is lost."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from appointments.actions.bookings import cancel, release_hold
from appointments.actions.changes import note_session
from appointments.actions.cover import lock_cover, no_new_gap, queue_of
from appointments.actions.moves import move
from appointments.actions.overriding import OverrideWish
from appointments.actions.places import expire_holds
from appointments.actions.rota import overlap_with
from appointments.models import Booking, Session, Slot
from appointments.queries.rota_changes import LIVE, ChangeWish, Effect, effect_of, planned
from appointments.rules.rota import check_may_change_rota
from appointments.rules.rota_change import Change
from appointments.rules.slotting import Span
from practices import audit
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, VersionMoved

# The move stays with the same clinician on the same day: no more work arises.
SAME_WORK = OverrideWish("service_failure", "The session changed")


def change_session(
    *,
    session_id: int,
    wish: ChangeWish,
    version: int | None,
    override: OverrideWish | None = None,
    by: Actor,
    at: datetime,
) -> Effect:
    """The session is as wished. Who is displaced has no place here; the caller looks after them.

    Their cases are locked by the caller before, as the lock order wants. A gap in the cover of the
    queue needs a reason; that somebody has left is a fact, and asks for none.
    """
    session = _locked(session_id, version, has_left=wish.has_left, by=by)
    if wish.has_left or by.role is None:
        return _change(session, wish, by=by, at=at)
    days = [local_day(one) for one in (session.starts_at, wish.starts_at) if one]
    with no_new_gap(queue_of(session.provider_id), days, override, by=by, at=at):
        return _change(session, wish, by=by, at=at)


def _change(session: Session, wish: ChangeWish, *, by: Actor, at: datetime) -> Effect:
    slots = _locked_slots(session, at=at)
    change, bookings = planned(session, slots, wish, at=at)
    effect = effect_of(session, change, bookings)
    if not wish.is_cancelled:
        _reshape(session, wish)
    _finish(session, wish)
    Slot.objects.filter(pk__in=change.withdrawn).update(status=Slot.Status.WITHDRAWN)
    new_slots = _cut(session, change)
    _free_displaced(effect, by=by, at=at)
    Slot.objects.filter(pk__in=change.kept, places__lt=session.places).update(places=session.places)
    for gone in effect.moves:
        move(
            booking_id=gone.booking_id,
            to_slot_id=new_slots[change.moves[gone.booking_id].starts_at],
            because="session_changed",
            is_urgent=False,
            override=SAME_WORK,
            by=by,
            at=at,
        )
    _settle_places(change.kept, session.places)
    note_session(session, at=at)
    verb = "session.cancelled" if wish.is_cancelled else "session.changed"
    audit.write(verb, entity="session", entity_id=session.pk, by=by, at=at, **_counts(effect))
    return effect


def _locked(session_id: int, version: int | None, *, has_left: bool, by: Actor) -> Session:
    session = Session.objects.select_for_update().filter(pk=session_id).first()
    if session is None:
        raise Absent
    check_may_change_rota(
        by,
        practice_id=session.practice_id,
        hub_id=session.hub_id,
        has_patients=True,
        has_left=has_left,
    )
    if version is not None and version != session.version:
        raise VersionMoved("Somebody changed this session since you opened it. Look again.")
    return session


def _locked_slots(session: Session, *, at: datetime) -> list[Slot]:
    found = Slot.objects.select_for_update().filter(session=session, status=Slot.Status.OPEN)
    slots = list(found.order_by("pk"))
    for slot in slots:
        expire_holds(slot, at=at)
    return slots


def _reshape(session: Session, wish: ChangeWish) -> None:
    """The session's own times and capacity; another session of the clinician stands in the way."""
    session.starts_at = wish.starts_at or session.starts_at
    session.ends_at = wish.ends_at or session.ends_at
    session.slot_minutes = wish.slot_minutes or session.slot_minutes
    session.places = wish.places or session.places
    try:
        with transaction.atomic():
            session.save(update_fields=["starts_at", "ends_at", "slot_minutes", "places"])
    except IntegrityError as clash:
        raise overlap_with(
            clash,
            clinician_id=session.clinician_id,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            but=session.pk,
        ) from clash


def _finish(session: Session, wish: ChangeWish) -> None:
    if wish.is_cancelled:
        session.status = Session.Status.CANCELLED
    session.reason, session.version = wish.reason, session.version + 1
    session.save(update_fields=["status", "reason", "version"])


def _cut(session: Session, change: Change) -> dict[datetime, int]:
    """The new slots are there; every open slot of the session by its start."""
    Slot.objects.bulk_create([_slot(session, span) for span in change.added])
    found = Slot.objects.filter(session=session, status=Slot.Status.OPEN)
    return dict(found.values_list("starts_at", "pk"))


def _slot(session: Session, span: Span) -> Slot:
    return Slot(
        session=session,
        clinician_id=session.clinician_id,
        practice_id=session.practice_id,
        hub_id=session.hub_id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        day=local_day(span.starts_at),
        places=session.places,
        mode=session.mode,
    )


def _free_displaced(effect: Effect, *, by: Actor, at: datetime) -> None:
    """Whoever is displaced has no place here any more; a hold simply ends."""
    for gone in effect.displaced:
        if gone.state == "held":
            release_hold(booking_id=gone.booking_id, by=by, at=at)
        else:
            cancel(booking_id=gone.booking_id, because="displaced", by=by, at=at)


def _settle_places(slot_ids: Collection[int], places: int) -> None:
    """Kept slots have the session's places, and everybody in them has one of those.

    A double has the same place in two slots, so the slots keep as many as it needs.
    """
    for slot_id in slot_ids:
        here = Q(slot_id=slot_id) | Q(second_slot_id=slot_id)
        people = list(Booking.objects.filter(here, state__in=LIVE).order_by("place"))
        fixed = [row.place for row in people if row.is_double]
        places_here = max(places, len(people), *fixed)
        used = {row.place for row in people}
        unused = [number for number in range(1, places_here + 1) if number not in used]
        for row in people:
            if row.place > places_here:
                row.place = unused.pop(0)
                row.save(update_fields=["place"])
        Slot.objects.filter(pk=slot_id).update(places=places_here)


def _counts(effect: Effect) -> dict[str, int]:
    return {
        "stays": len(effect.stays),
        "moves": len(effect.moves),
        "displaced": len(effect.displaced),
    }


def lock_sessions(session_ids: Collection[int], *, queue: int) -> None:
    """Sessions in order, then the cover of their queue: before any slot of them is locked."""
    found = Session.objects.select_for_update().filter(pk__in=session_ids)
    list(found.order_by("pk"))
    lock_cover(queue)


def reopen_session(
    *,
    session_id: int,
    ends_at: datetime,
    slot_ids: Collection[int],
    version: int,
    by: Actor,
    at: datetime,
) -> Session:
    """The session that ended early goes on as it was, and those of its slots can be booked again.

    It is refused where somebody has changed the session since, or another one stands in its way.
    """
    session = _locked(session_id, version, has_left=True, by=by)
    session.status = Session.Status.PUBLISHED
    session.reason, session.version = "", session.version + 1
    session.save(update_fields=["status", "reason", "version"])
    _reshape(session, ChangeWish(ends_at=ends_at))
    ours = Slot.objects.filter(session=session, pk__in=slot_ids, status=Slot.Status.WITHDRAWN)
    back = ours.update(status=Slot.Status.OPEN)
    note_session(session, at=at)
    audit.write(
        "session.reopened", entity="session", entity_id=session.pk, by=by, at=at, slots=back
    )
    return session
