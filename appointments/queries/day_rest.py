"""When: what a clinician's day may still bring beyond its bookings, as far as it can be known."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from appointments.rules.forecast import PACE_OVER, Worked, hours_of
from practices.rules.london import midnight

# The places of a slot are counted slot by slot: a join of both tables is a guess about their sizes,
# and on tables not yet counted (the day after an import) it took 15 seconds instead of 0.05.
# One line a fact: a session, free places to come, points of brief contacts, fresh bookings.
FACTS = """
SELECT clinician_id, 'session', starts_at, ends_at, (hub_id IS NOT NULL)::int
FROM appointments_session
WHERE clinician_id = ANY (%(clinicians)s) AND status = 'published'
  AND starts_at >= %(start)s AND starts_at < %(end)s
UNION ALL
SELECT slot.clinician_id, 'free', slot.starts_at, NULL, slot.places - taken.number
FROM appointments_slot slot
CROSS JOIN LATERAL (
  SELECT count(*)::int AS number FROM appointments_place place
  WHERE place.slot_id = slot.id
    AND (place.state IN ('booked', 'arrived', 'attended')
         OR place.state = 'held' AND place.expires_at > %(at)s)) taken
WHERE slot.clinician_id = ANY (%(clinicians)s) AND slot.day = %(day)s
  AND slot.status = 'open' AND slot.starts_at > %(at)s AND slot.places > taken.number
UNION ALL
SELECT contact.clinician_id, 'brief', NULL, NULL, sum(contact.points)::int
FROM appointments_contactevent contact
LEFT JOIN appointments_undonecontact undone ON undone.contact_id = contact.id
WHERE contact.clinician_id = ANY (%(clinicians)s) AND contact.day = %(day)s
  AND contact.booking_id IS NULL AND undone.id IS NULL
GROUP BY contact.clinician_id
UNION ALL
SELECT clinician_id, 'fresh', NULL, NULL, count(*)::int
FROM appointments_booking
WHERE clinician_id = ANY (%(clinicians)s) AND day = %(day)s AND held_at > %(pace_from)s
  AND state IN ('held', 'booked', 'arrived')
GROUP BY clinician_id
ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Rest:
    """The hours of the day, the brief contacts so far, the free places and how fast they go."""

    sessions: tuple[Worked, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    brief: int = 0
    free: tuple[datetime, ...] = ()
    taken_last_hour: int = 0


def rests_of(clinician_ids: Collection[int], *, day: date, at: datetime) -> dict[int, Rest]:
    """The rest of each clinician's day. One statement, whatever the number."""
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "clinicians": list(clinician_ids),
                "day": day,
                "at": at,
                "start": midnight(day),
                "end": midnight(day + timedelta(days=1)),
                "pace_from": at - PACE_OVER,
            },
        )
        rows = cursor.fetchall()
    found: dict[int, _Gathered] = defaultdict(_Gathered)
    for clinician_id, what, starts_at, ends_at, number in rows:
        found[clinician_id].add(what, starts_at, ends_at, number)
    return {pk: gathered.rest(day) for pk, gathered in found.items()}


class _Gathered:
    """The facts of one clinician's day, line by line."""

    def __init__(self) -> None:
        self.sessions: list[Worked] = []
        self.free: list[datetime] = []
        self.numbers = {"brief": 0, "fresh": 0}

    def add(
        self, what: str, starts_at: datetime | None, ends_at: datetime | None, number: int
    ) -> None:
        """One more fact."""
        if what == "session" and starts_at and ends_at:
            self.sessions.append(Worked(starts_at, ends_at, is_hub=bool(number)))
        elif what == "free" and starts_at:
            self.free.extend([starts_at] * number)
        else:
            self.numbers[what] += number

    def rest(self, day: date) -> Rest:
        """All of it."""
        opens_at, closes_at = hours_of(self.sessions, day) or (None, None)
        return Rest(
            sessions=tuple(self.sessions),
            opens_at=opens_at,
            closes_at=closes_at,
            brief=self.numbers["brief"],
            free=tuple(self.free),
            taken_last_hour=self.numbers["fresh"],
        )
