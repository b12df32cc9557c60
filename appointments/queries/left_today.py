"""When: what can still be booked today, house by house: one count for the desk and the board."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from appointments.queries.free_slots import TAKEN
from practices.rules.london import day_of

# A hub that somebody closed for the day has nothing left, whatever its sessions say.
LEFT = """
SELECT organisation, sum(free)::int, min(starts_at), max(starts_at)
FROM (
  SELECT coalesce(slot.hub_id, slot.practice_id) AS organisation, slot.starts_at,
         slot.places - {taken} AS free
  FROM appointments_slot slot
  WHERE slot.status = 'open' AND slot.day = %(day)s AND slot.starts_at > %(at)s
    AND (slot.practice_id = ANY(%(houses)s) OR slot.hub_id = ANY(%(houses)s))
    AND NOT EXISTS (SELECT 1 FROM hubs_hubclosing closing WHERE closing.hub_id = slot.hub_id
                    AND closing.day = slot.day AND closing.reopened_at IS NULL)
) slot
WHERE free > 0 GROUP BY organisation
"""


@dataclass(frozen=True, slots=True)
class LeftToday:
    """One house: how many places are free, and when the first and the last of them begin."""

    places: int = 0
    next_at: datetime | None = None
    last_at: datetime | None = None


def left_today(houses: Collection[int], *, at: datetime) -> dict[int, LeftToday]:
    """What is left at each of these practices and hubs; none where nothing is. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            LEFT.format(taken=TAKEN), {"houses": list(houses), "day": day_of(at), "at": at}
        )
        return {house: LeftToday(*found) for house, *found in cursor.fetchall()}
