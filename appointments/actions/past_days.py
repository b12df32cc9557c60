"""Days that were: bookings that another system kept, taken over with what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection

from appointments.models import Booking, ContactEvent, Slot
from appointments.rules.codes import ContactKind, Mode
from appointments.rules.safe_working import kind_for
from practices import audit
from practices.actions import Listed
from practices.rules.reach import Actor

# Each booking is checked against its slot and its patient's other bookings: a small batch stays
# far from the statement time-out on a busy machine.
BATCH = 500


@dataclass(frozen=True, slots=True)
class PlannedBooking:
    """A place of a slot for a patient, planned ahead: no case stands behind it."""

    slot: Slot
    patient: Listed
    need: str
    kind: ContactKind
    points: int
    booked_at: datetime
    state: str = "booked"
    place: int = 1
    overflow_reason: str = ""
    share: str = ""
    told: bool = False


def take_over(*, bookings: Sequence[PlannedBooking], by: Actor, at: datetime) -> list[Booking]:
    """The bookings stand; those attended are logged contacts; every ledger follows from them.

    For days that no one else is writing on: the ledgers of these clinicians and days, and the
    shares of these hubs, are made anew from the bookings and contacts that stand there.
    """
    rows = Booking.objects.bulk_create(map(_booking, bookings), batch_size=BATCH)
    ContactEvent.objects.bulk_create(
        [
            _contact(row, wish)
            for row, wish in zip(rows, bookings, strict=True)
            if wish.state == "attended"
        ],
        batch_size=BATCH,
    )
    _make_ledgers({row.clinician_id for row in rows})
    audit.write(
        "bookings.taken_over",
        entity="import",
        entity_id="bookings",
        by=by,
        at=at,
        bookings=len(rows),
    )
    return rows


def _booking(wish: PlannedBooking) -> Booking:
    slot = wish.slot
    return Booking(
        public_id=uuid4(),
        slot=slot,
        place=wish.place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        clinician_id=slot.clinician_id,
        hub_id=slot.hub_id,
        practice_id=wish.patient.practice_id,
        patient_id=wish.patient.id,
        person_key=wish.patient.person_key,
        case_ref="",
        state=wish.state,
        mode=slot.mode,
        day=slot.day,
        points=wish.points,
        held_at=wish.booked_at,
        booked_at=wish.booked_at,
        reason=wish.need,
        overflow_reason=wish.overflow_reason,
        share=wish.share,
        ended_because="missed" if wish.state == "missed" else "",
        told_at=wish.booked_at if wish.told else None,
    )


def _contact(row: Booking, wish: PlannedBooking) -> ContactEvent:
    organisation_id = row.hub_id or wish.slot.practice_id
    assert organisation_id is not None, "a slot has one home"
    return ContactEvent(
        clinician_id=row.clinician_id,
        organisation_id=organisation_id,
        at=row.ends_at,
        day=row.day,
        kind=kind_for(wish.kind, Mode(row.mode)),
        points=row.points,
        booking=row,
    )


def _make_ledgers(clinician_ids: Collection[int]) -> None:
    """Each ledger row is the sum of what stands on the clinician's day."""
    with connection.cursor() as cursor:
        cursor.execute(LEDGERS, {"clinicians": list(clinician_ids)})
        cursor.execute(SHARES, {"clinicians": list(clinician_ids)})


LEDGERS = """
INSERT INTO appointments_dayload AS ledger (clinician_id, day, held, booked, logged)
SELECT clinician_id, day, sum(held), sum(booked), sum(logged) FROM (
  SELECT clinician_id, day, 0 AS held, points AS booked, 0 AS logged FROM appointments_booking
   WHERE state IN ('booked', 'arrived') AND clinician_id = ANY (%(clinicians)s)
  UNION ALL
  SELECT clinician_id, day, points, 0, 0 FROM appointments_booking
   WHERE state = 'held' AND clinician_id = ANY (%(clinicians)s)
  UNION ALL
  SELECT contact.clinician_id, contact.day, 0, 0, contact.points
    FROM appointments_contactevent contact
    LEFT JOIN appointments_booking seen ON seen.id = contact.booking_id
    LEFT JOIN appointments_undonecontact undone ON undone.contact_id = contact.id
   WHERE contact.clinician_id = ANY (%(clinicians)s)
     AND seen.state IS DISTINCT FROM 'moved' AND undone.id IS NULL
) standing GROUP BY clinician_id, day
ON CONFLICT (clinician_id, day) DO UPDATE
  SET held = excluded.held, booked = excluded.booked, logged = excluded.logged
"""
SHARES = """
INSERT INTO appointments_shareuse AS share (practice_id, hub_id, day, used, borrowed)
SELECT practice_id, hub_id, day,
       coalesce(sum(CASE share WHEN 'own' THEN slots WHEN 'both' THEN 1 END), 0),
       coalesce(sum(CASE share WHEN 'borrowed' THEN slots WHEN 'both' THEN slots - 1 END), 0)
  FROM (SELECT *, 1 + num_nonnulls(second_slot_id) AS slots FROM appointments_booking) booking
 WHERE hub_id IN (SELECT hub_id FROM appointments_booking
                   WHERE clinician_id = ANY (%(clinicians)s) AND hub_id IS NOT NULL)
   AND state IN ('held', 'booked', 'arrived', 'attended')
 GROUP BY practice_id, hub_id, day
ON CONFLICT (practice_id, hub_id, day) DO UPDATE
  SET used = excluded.used, borrowed = excluded.borrowed
"""
