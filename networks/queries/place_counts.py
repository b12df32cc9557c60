"""How well: the day's places, by organisation and by hour of the wall clock."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from appointments.queries import LeftToday, left_today
from networks.queries.day_facts import rows
from networks.rules.figures import Places

# Slot by slot: a join of both tables is a guess about their sizes, and on tables that nobody has
# counted yet (the demo's first morning) it passed the time-out of a statement.
PLACES = """
WITH slot AS (
  SELECT coalesce(one.hub_id, one.practice_id) AS organisation, one.starts_at, one.places,
         taken.booked, taken.held, taken.fresh
  FROM appointments_slot one
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE booking.state <> 'held') AS booked,
           count(*) FILTER (WHERE booking.state = 'held') AS held,
           count(*) FILTER (WHERE booking.held_at > %(pace_from)s) AS fresh
    FROM (
      SELECT state, held_at, expires_at FROM appointments_booking WHERE slot_id = one.id
      UNION ALL
      SELECT state, held_at, expires_at FROM appointments_booking WHERE second_slot_id = one.id
    ) booking
    WHERE booking.state IN ('booked', 'arrived', 'attended')
       OR booking.state = 'held' AND booking.expires_at > %(at)s) taken
  WHERE one.day = %(day)s AND one.status = 'open'
    AND (one.practice_id = ANY(%(pool)s) OR one.hub_id = ANY(%(pool)s))
)
SELECT organisation, extract(hour FROM starts_at AT TIME ZONE 'Europe/London')::int AS hour,
       sum(places)::int, sum(booked)::int, sum(held)::int, sum(fresh)::int
FROM slot GROUP BY organisation, hour ORDER BY organisation, hour
"""


@dataclass(slots=True)
class PlaceCounts:
    """One organisation's places: in sum, by hour, and when the last free one begins."""

    places: Places = field(default_factory=Places)
    by_hour: dict[int, int] = field(default_factory=dict)
    last_free_at: datetime | None = None

    def add(self, hour: int, places: Places) -> None:
        """One more hour is counted in."""
        self.places += places
        self.by_hour[hour] = self.by_hour.get(hour, 0) + places.total

    def leave(self, left: LeftToday) -> None:
        """And what can still be booked."""
        self.places += Places(free=left.places)
        if left.last_at and (self.last_free_at is None or left.last_at > self.last_free_at):
            self.last_free_at = left.last_at


def count_places(facts: dict[str, Any]) -> dict[int, PlaceCounts]:
    """Every organisation's places; the network's id stands for the sum. Two statements."""
    counted: dict[int, PlaceCounts] = {}
    for organisation_id, hour, total, booked, held, fresh in rows(PLACES, facts):
        for pk in (organisation_id, facts["network"]):
            hours = Places(total=total, booked=booked, held=held, taken_last_hour=fresh)
            counted.setdefault(pk, PlaceCounts()).add(hour, hours)
    for organisation_id, left in left_today(facts["pool"], at=facts["at"]).items():
        for pk in (organisation_id, facts["network"]):
            counted.setdefault(pk, PlaceCounts()).leave(left)
    return counted
