"""Whether the ledgers still say what the bookings and contacts say."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

# Every figure as it should be, beside the figure that stands; only lines that differ come back.
LEDGERS = """
WITH events AS (
  SELECT clinician_id, day,
         CASE WHEN state = 'held' THEN points ELSE 0 END AS held,
         CASE WHEN state IN ('booked', 'arrived') THEN points ELSE 0 END AS booked,
         0 AS logged
    FROM appointments_booking
  UNION ALL
  SELECT contact.clinician_id, contact.day, 0, 0, contact.points
    FROM appointments_contactevent contact
    LEFT JOIN appointments_booking seen ON seen.id = contact.booking_id
    LEFT JOIN appointments_undonecontact undone ON undone.contact_id = contact.id
   WHERE seen.state IS DISTINCT FROM 'moved' AND undone.id IS NULL
), sums AS (
  SELECT clinician_id, day, sum(held)::int AS held, sum(booked)::int AS booked,
         sum(logged)::int AS logged
    FROM events GROUP BY clinician_id, day
)
SELECT clinician_id, day, figure.name, figure.stands, figure.should_be
  FROM sums FULL JOIN appointments_dayload ledger USING (clinician_id, day)
 CROSS JOIN LATERAL (VALUES
    ('held', coalesce(ledger.held, 0), coalesce(sums.held, 0)),
    ('booked', coalesce(ledger.booked, 0), coalesce(sums.booked, 0)),
    ('logged', coalesce(ledger.logged, 0), coalesce(sums.logged, 0))
  ) AS figure (name, stands, should_be)
 WHERE figure.stands <> figure.should_be
 ORDER BY day, clinician_id, figure.name
"""
SHARES = """
WITH sums AS (
  SELECT practice_id, hub_id, day,
         coalesce(sum(CASE share WHEN 'own' THEN slots WHEN 'both' THEN 1 END), 0)::int AS used,
         coalesce(sum(CASE share WHEN 'borrowed' THEN slots WHEN 'both' THEN slots - 1 END), 0)::int
           AS borrowed
    FROM (SELECT *, 1 + num_nonnulls(second_slot_id) AS slots FROM appointments_booking) booking
   WHERE hub_id IS NOT NULL AND state IN ('held', 'booked', 'arrived', 'attended')
   GROUP BY practice_id, hub_id, day
)
SELECT practice_id, hub_id, day, figure.name, figure.stands, figure.should_be
  FROM sums FULL JOIN appointments_shareuse share USING (practice_id, hub_id, day)
 CROSS JOIN LATERAL (VALUES
    ('used', coalesce(share.used, 0), coalesce(sums.used, 0)),
    ('borrowed', coalesce(share.borrowed, 0), coalesce(sums.borrowed, 0))
  ) AS figure (name, stands, should_be)
 WHERE figure.stands <> figure.should_be
 ORDER BY day, practice_id, hub_id, figure.name
"""


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """One figure of a clinician's day, in tenths of a point, that its events do not make."""

    clinician_id: int
    day: date
    figure: str
    stands: int
    should_be: int


@dataclass(frozen=True, slots=True)
class ShareFault:
    """One figure of a practice's day at a hub, in places, that its bookings do not make."""

    practice_id: int
    hub_id: int
    day: date
    figure: str
    stands: int
    should_be: int


def ledger_faults() -> list[LedgerFault]:
    """Each ledger figure that is not the sum of its bookings and contacts. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LEDGERS)
        return [LedgerFault(*row) for row in cursor.fetchall()]


def share_faults() -> list[ShareFault]:
    """Each share figure that is not the count of its bookings. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SHARES)
        return [ShareFault(*row) for row in cursor.fetchall()]
