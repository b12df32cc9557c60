"""How well: the day's places, by organisation and by hour of the wall clock."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from networks.queries.day_facts import rows
from networks.rules.figures import Places

PLACES = """
WITH slot AS (
  SELECT coalesce(one.hub_id, one.practice_id) AS organisation, one.starts_at, one.places,
         count(booking.id) FILTER (WHERE booking.state <> 'held') AS booked,
         count(booking.id) FILTER (WHERE booking.state = 'held') AS held,
         count(booking.id) FILTER (WHERE booking.held_at > %(pace_from)s) AS fresh
  FROM appointments_slot one
  LEFT JOIN (
    SELECT id, slot_id, state, held_at, expires_at FROM appointments_booking
    UNION ALL
    SELECT id, second_slot_id, state, held_at, expires_at FROM appointments_booking
    WHERE second_slot_id IS NOT NULL
  ) booking
    ON booking.slot_id = one.id
   AND (booking.state IN ('booked', 'arrived', 'attended')
        OR booking.state = 'held' AND booking.expires_at > %(at)s)
  WHERE one.day = %(day)s AND one.status = 'open'
    AND (one.practice_id = ANY(%(pool)s) OR one.hub_id = ANY(%(pool)s))
  GROUP BY one.id
), counted AS (
  SELECT *, CASE WHEN starts_at > %(at)s THEN places - booked - held ELSE 0 END AS free FROM slot
)
SELECT organisation, extract(hour FROM starts_at AT TIME ZONE 'Europe/London')::int AS hour,
       sum(places)::int, sum(booked)::int, sum(held)::int, sum(free)::int, sum(fresh)::int,
       max(starts_at) FILTER (WHERE free > 0)
FROM counted GROUP BY organisation, hour ORDER BY organisation, hour
"""


@dataclass(slots=True)
class PlaceCounts:
    """One organisation's places: in sum, by hour, and when the last free one begins."""

    places: Places = field(default_factory=Places)
    by_hour: dict[int, int] = field(default_factory=dict)
    last_free_at: datetime | None = None

    def add(self, hour: int, places: Places, last_free_at: datetime | None) -> None:
        """One more hour is counted in."""
        self.places += places
        self.by_hour[hour] = self.by_hour.get(hour, 0) + places.total
        if last_free_at and (self.last_free_at is None or last_free_at > self.last_free_at):
            self.last_free_at = last_free_at


def count_places(facts: dict[str, Any]) -> dict[int, PlaceCounts]:
    """Every organisation's places; the network's id stands for the sum. One statement."""
    counted: dict[int, PlaceCounts] = {}
    for organisation_id, hour, *numbers, last_free_at in rows(PLACES, facts):
        for pk in (organisation_id, facts["network"]):
            counted.setdefault(pk, PlaceCounts()).add(hour, Places(*numbers), last_free_at)
    return counted
