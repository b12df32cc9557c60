"""Publishing sessions, and changing them so that nobody booked is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from appointments.actions.changes import note_session
from appointments.models import Booking, Session, Slot
from appointments.rules.slotting import slot_times
from practices import audit
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict


class Overlap(Conflict):
    """The clinician works elsewhere then; `more` names the other session where we may see it."""

    def __init__(self, session_id: int | None) -> None:
        named = f" Session {session_id} is at that time." if session_id else ""
        super().__init__(
            f"The clinician already works then.{named}", code="overlap", field="starts_at"
        )
        self.more = {"session": session_id}


@dataclass(frozen=True, slots=True)
class SessionWish:
    """One clinician at one site for a stretch of a day; a practice's session or a hub's."""

    clinician_id: int
    site_id: int
    starts_at: datetime
    ends_at: datetime
    practice_id: int | None = None
    hub_id: int | None = None
    slot_minutes: int = 15
    places: int = 1
    mode: str = "face_to_face"
    category: str = "General Consultation Acute"
    needs: tuple[str, ...] = ()
    audience: dict[str, object] | None = None
    reserve: tuple[dict[str, object], ...] = ()


def publish_session(*, wish: SessionWish, by: Actor, at: datetime) -> Session:
    """The session is published with its slots; two sessions of one clinician never overlap."""
    times = slot_times(wish.starts_at, wish.ends_at, minutes=wish.slot_minutes)
    try:
        with transaction.atomic():
            session = _create(wish)
    except IntegrityError as clash:
        raise overlap_with(
            clash,
            clinician_id=wish.clinician_id,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
        ) from clash
    Slot.objects.bulk_create(
        [
            Slot(
                session=session,
                clinician_id=wish.clinician_id,
                practice_id=wish.practice_id,
                hub_id=wish.hub_id,
                starts_at=starts_at,
                ends_at=ends_at,
                day=local_day(starts_at),
                places=wish.places,
                mode=wish.mode,
            )
            for starts_at, ends_at in times
        ]
    )
    note_session(session, at=at)
    audit.write("session.published", entity="session", entity_id=session.pk, by=by, at=at)
    return session


def cancel_session(*, session_id: int, reason: str, by: Actor, at: datetime) -> list[Booking]:
    """The session takes nobody any more; the displaced bookings come back to be re-homed.

    They stay booked until somebody places them: nobody is lost, nobody is told too early.
    """
    session = Session.objects.select_for_update().filter(pk=session_id).first()
    if session is None:
        raise Absent
    if session.status == Session.Status.CANCELLED:
        raise Conflict("This session is already cancelled.")
    slots = list(Slot.objects.select_for_update().filter(session=session).order_by("pk"))
    session.status, session.reason = Session.Status.CANCELLED, reason
    session.version += 1
    session.save(update_fields=["status", "reason", "version"])
    Slot.objects.filter(session=session).update(status=Slot.Status.WITHDRAWN)
    note_session(session, at=at)
    audit.write(
        "session.cancelled", entity="session", entity_id=session_id, by=by, at=at, reason=reason
    )
    live = Booking.objects.filter(slot__in=slots, state__in=("held", "booked", "arrived"))
    return list(live.order_by("starts_at", "id"))


def _create(wish: SessionWish) -> Session:
    return Session.objects.create(
        clinician_id=wish.clinician_id,
        practice_id=wish.practice_id,
        hub_id=wish.hub_id,
        site_id=wish.site_id,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        slot_minutes=wish.slot_minutes,
        places=wish.places,
        mode=wish.mode,
        category=wish.category,
        needs=list(wish.needs),
        audience=wish.audience,
        reserve=list(wish.reserve),
    )


def overlap_with(
    clash: IntegrityError,
    *,
    clinician_id: int,
    starts_at: datetime,
    ends_at: datetime,
    but: int | None = None,
) -> Exception:
    """A refusal that names the other session where we may see it; another clash stays one."""
    diagnosis = getattr(clash.__cause__, "diag", None)
    if diagnosis is None or diagnosis.constraint_name != "clinician_in_one_session":
        return clash
    others = Session.objects.filter(
        clinician_id=clinician_id,
        status=Session.Status.PUBLISHED,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    )
    if but is not None:
        others = others.exclude(pk=but)
    other = others.order_by("starts_at", "pk").first()
    return Overlap(other.pk if other else None)
