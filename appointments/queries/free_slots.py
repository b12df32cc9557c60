"""When: the places still free in reach, with everything a list of options needs to know."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from appointments.queries.stretches import FOLLOWS
from appointments.queries.supervision import NEEDING
from appointments.rules.kept_for import free_from, kept_from

# The slots are found, counted and cut first, and named after: nine tables in one join would cost
# PostgreSQL more to plan than to read.
SQL = """
WITH slot AS MATERIALIZED (
  SELECT slot.*, session.site_id, session.needs, session.audience, session.reserve,
         session.category,
         slot.places - {taken} AS places_left
  FROM appointments_slot slot
  JOIN appointments_session session ON session.id = slot.session_id
  WHERE slot.status = 'open' AND {which}
  ORDER BY slot.starts_at {way}, slot.id {way}
  LIMIT %(most)s
)
SELECT slot.id, slot.session_id, slot.clinician_id, person.name, clinician.profession,
       slot.practice_id, slot.hub_id, organisation.name, site.name, site.step_free,
       slot.starts_at, slot.ends_at, slot.day, slot.mode, slot.needs, slot.audience, slot.reserve,
       CASE WHEN slot.reserve = '[]' THEN 0 ELSE (
         SELECT coalesce(sum(earlier.places), 0) FROM appointments_slot earlier
         WHERE earlier.session_id = slot.session_id AND earlier.status = 'open'
         AND earlier.starts_at < slot.starts_at) END AS places_before,
       CASE WHEN slot.reserve = '[]' THEN '{{}}' ELSE ARRAY(
         SELECT place.place::int FROM appointments_place place WHERE place.slot_id = slot.id
         AND (place.state <> 'held' OR place.expires_at > %(at)s)) END AS places_taken,
       slot.category, slot.places_left, {pairs} AS pairs_left,
       coalesce((SELECT load.held + load.booked + load.logged FROM appointments_dayload load
                 WHERE load.clinician_id = slot.clinician_id AND load.day = slot.day), 0) AS used,
       NOT EXISTS (SELECT 1 FROM appointments_pausedlist pause
                   WHERE pause.hub_id = slot.hub_id AND pause.clinician_id = slot.clinician_id
                   AND pause.day = slot.day AND pause.until_at IS NULL)
       AND (slot.hub_id IS NULL OR clinician.supervisor_id IS NOT NULL
            OR clinician.profession <> ALL (%(needing)s)
            OR EXISTS (SELECT 1 FROM appointments_pausedlist pause
                       WHERE pause.hub_id = slot.hub_id AND pause.clinician_id = slot.clinician_id
                       AND pause.day = slot.day AND pause.taken_by_id IS NOT NULL)) AS supervised
FROM slot
JOIN practices_site site ON site.id = slot.site_id
JOIN practices_clinician clinician ON clinician.id = slot.clinician_id
JOIN practices_user person ON person.id = clinician.user_id
JOIN practices_organisation organisation
  ON organisation.id = coalesce(slot.hub_id, slot.practice_id)
ORDER BY slot.starts_at {way}, slot.id {way}
"""
TAKEN = """(
    SELECT count(*) FROM appointments_place place WHERE place.slot_id = slot.id
    AND (place.state <> 'held' OR place.expires_at > %(at)s))"""
# How many people the slot and the one right after it could both take; NULL where nothing follows.
PAIRS_WHERE = """(
    SELECT count(number) FILTER (WHERE NOT EXISTS (
             SELECT 1 FROM appointments_place place
              WHERE place.slot_id IN (slot.id, next.id) AND place.place = number
                AND (place.state <> 'held' OR place.expires_at > %(at)s)))
      FROM appointments_slot next, generate_series(1, least(slot.places, next.places)) number
     WHERE {follows} GROUP BY next.id)"""
PAIRS = PAIRS_WHERE.format(follows=FOLLOWS)
HAS_ROOM = f"slot.places > {TAKEN}"
WINDOW = "slot.starts_at > %(at)s AND slot.starts_at >= %(start)s AND slot.starts_at < %(end)s"


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A slot with `places_left` free; `used` are the clinician's tenths of that day so far.

    It is not `supervised` while its list is paused, because the supervisor has left, or while
    nobody is named at a hub to supervise who needs it. `pairs_left`
    are free here and right after it too; counted only where somebody needs two together, and None
    where nothing follows.
    """

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
    reserve: tuple[dict[str, Any], ...]
    places_before: int
    places_taken: tuple[int, ...]
    category: str
    places_left: int
    pairs_left: int | None
    used: int
    supervised: bool

    def released_to(self, practice: str) -> datetime | None:
        """Until when all that is free here is kept for others; None where something is not."""
        places = self.places_left + len(self.places_taken)
        kept = kept_from(self.reserve, before=self.places_before, places=places, practice=practice)
        free = [place for place in range(1, places + 1) if place not in self.places_taken]
        return free_from(kept, free=free)

    @property
    def is_held_back(self) -> bool:
        """Whether it depends on who asks, or when: no machine moves anybody here."""
        return bool(self.reserve) or (self.audience or {}).get("types") is not None


def free_slots(
    *,
    at: datetime,
    start: datetime,
    end: datetime,
    most: int = 400,
    hub_id: int | None = None,
    practice_id: int | None = None,
    is_double: bool = False,
) -> list[FreeSlot]:
    """Slots in reach that start in the window and have a free place. One statement."""
    which = WINDOW
    if hub_id is not None:
        which += " AND slot.hub_id = %(hub)s"
    if practice_id is not None:
        which += " AND slot.practice_id = %(practice)s"
    return rows_of(
        statement(which, HAS_ROOM, is_double=is_double),
        at=at,
        start=start,
        end=end,
        most=most,
        hub=hub_id,
        practice=practice_id,
    )


def slot_with_places(slot_id: int, *, at: datetime, is_double: bool = False) -> FreeSlot | None:
    """One slot in reach, free or full. One statement."""
    wanted = statement("slot.id = %(slot)s", is_double=is_double)
    rows = rows_of(wanted, at=at, slot=slot_id, most=1)
    return rows[0] if rows else None


def statement(*conditions: str, way: str = "ASC", is_double: bool = False) -> str:
    """The statement for slots that satisfy every condition on `slot` and `session`."""
    pairs = PAIRS if is_double else "NULL::int"
    return SQL.format(which=" AND ".join(conditions), way=way, taken=TAKEN, pairs=pairs)


def rows_of(sql: str, **values: Any) -> list[FreeSlot]:
    """What the statement found, in its order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"needing": list(NEEDING), **values})
        return [_slot(row) for row in cursor.fetchall()]


def _slot(row: tuple[Any, ...]) -> FreeSlot:
    values = dict(zip(FreeSlot.__slots__, row, strict=True))
    # Django leaves the reading of raw JSON to the caller.
    audience = json.loads(values["audience"]) if values["audience"] else None
    lists = {name: tuple(values[name]) for name in ("needs", "places_taken")}
    reserve = tuple(json.loads(values["reserve"]))
    return FreeSlot(**values | lists | {"audience": audience, "reserve": reserve})
