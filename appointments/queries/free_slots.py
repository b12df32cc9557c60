"""When: the places still free in reach, with everything a list of options needs to know."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

SQL = """
SELECT slot.id, slot.session_id, slot.clinician_id, person.name, clinician.profession,
       slot.practice_id, slot.hub_id, organisation.name, site.name, site.step_free,
       slot.starts_at, slot.ends_at, slot.day, slot.mode, session.needs, session.audience,
       session.category, slot.places - count(place.place) AS places_left,
       coalesce(load.held + load.booked + load.logged, 0) AS used
FROM appointments_slot slot
JOIN appointments_session session ON session.id = slot.session_id
JOIN practices_site site ON site.id = session.site_id
JOIN practices_clinician clinician ON clinician.id = slot.clinician_id
JOIN practices_user person ON person.id = clinician.user_id
JOIN practices_organisation organisation
  ON organisation.id = coalesce(slot.hub_id, slot.practice_id)
LEFT JOIN appointments_place place
  ON place.slot_id = slot.id
 AND (place.state <> 'held' OR place.expires_at > %(at)s)
LEFT JOIN appointments_dayload load
  ON load.clinician_id = slot.clinician_id AND load.day = slot.day
WHERE slot.status = 'open' AND {which}
GROUP BY slot.id, session.id, site.id, clinician.id, person.id, organisation.id, load.id
{having}
ORDER BY slot.starts_at {way}, slot.id {way}
LIMIT %(most)s
"""
HAS_ROOM = "HAVING slot.places > count(place.place)"
WINDOW = "slot.starts_at > %(at)s AND slot.starts_at >= %(start)s AND slot.starts_at < %(end)s"


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A slot with `places_left` free; `used` are the clinician's tenths of that day so far."""

    id: int
    session_id: int
    clinician_id: int
    clinician: str
    profession: str
    practice_id: int | None
    hub_id: int | None
    organisation: str
    site: str
    step_free: bool
    starts_at: datetime
    ends_at: datetime
    day: date
    mode: str
    needs: tuple[str, ...]
    audience: dict[str, Any] | None
    category: str
    places_left: int
    used: int


def free_slots(
    *,
    at: datetime,
    start: datetime,
    end: datetime,
    most: int = 400,
    hub_id: int | None = None,
    practice_id: int | None = None,
) -> list[FreeSlot]:
    """Slots in reach that start in the window and have a free place. One statement."""
    which = WINDOW
    if hub_id is not None:
        which += " AND slot.hub_id = %(hub)s"
    if practice_id is not None:
        which += " AND slot.practice_id = %(practice)s"
    having = HAS_ROOM
    return rows_of(
        SQL.format(which=which, having=having, way=""),
        at=at,
        start=start,
        end=end,
        most=most,
        hub=hub_id,
        practice=practice_id,
    )


def slot_with_places(slot_id: int, *, at: datetime) -> FreeSlot | None:
    """One slot in reach, free or full. One statement."""
    rows = rows_of(
        SQL.format(which="slot.id = %(slot)s", having="", way=""), at=at, slot=slot_id, most=1
    )
    return rows[0] if rows else None


def rows_of(sql: str, **values: Any) -> list[FreeSlot]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [_slot(row) for row in cursor.fetchall()]


def _slot(row: tuple[Any, ...]) -> FreeSlot:
    values = dict(zip(FreeSlot.__slots__, row, strict=True))
    return FreeSlot(**values | {"needs": tuple(values["needs"])})
