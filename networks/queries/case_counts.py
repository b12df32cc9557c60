"""How well: who waits, how long, and how soon people were dealt with. Counts alone leave here."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from networks.queries.day_facts import rows
from networks.rules.figures import Access, Waiting

# A booked case waits for its day, not for somebody; a lease that ran out holds nothing.
WAITING = """
SELECT GROUPING(practice_id, hub_id), practice_id, hub_id,
       count(*) FILTER (WHERE urgency = 0)::int, count(*) FILTER (WHERE urgency = 1)::int,
       count(*) FILTER (WHERE urgency = 2)::int, count(*) FILTER (WHERE urgency = 3)::int,
       count(*) FILTER (WHERE urgency = 4)::int, count(*) FILTER (WHERE urgency = 5)::int,
       count(*) FILTER (WHERE urgency = 6)::int,
       count(*) FILTER (WHERE due_at <= %(at)s)::int,
       count(*) FILTER (WHERE due_at <= %(at)s AND urgency BETWEEN 1 AND 4)::int,
       count(*) FILTER (WHERE untaken)::int,
       count(*) FILTER (WHERE untaken AND urgency <= 3 AND NOT hub_id = ANY(%(attended)s))::int,
       count(*) FILTER (WHERE urgency <= 4 AND due_at < %(end)s)::int,
       min(submitted_at)
FROM (
  SELECT practice_id, hub_id, urgency, due_at, submitted_at,
         state = 'waiting' OR state = 'claimed' AND lease_until <= %(at)s AS untaken
  FROM triage_case
  WHERE state IN ('new', 'waiting', 'claimed', 'handed_back') AND lane = 'hub'
    AND (practice_id = ANY(%(practices)s) OR hub_id = ANY(%(hubs)s))
) waiting
GROUP BY GROUPING SETS ((practice_id), (hub_id), ())
"""
DEMAND = """
SELECT GROUPING(practice_id, hub_id), practice_id, hub_id,
       extract(hour FROM submitted_at AT TIME ZONE 'Europe/London')::int AS hour, count(*)::int
FROM triage_case
WHERE submitted_at >= %(start)s AND submitted_at <= %(at)s
  AND (practice_id = ANY(%(practices)s) OR hub_id = ANY(%(hubs)s))
GROUP BY GROUPING SETS ((practice_id, hour), (hub_id, hour), (hour))
ORDER BY hour
"""
# Dealt with: seen or finished. Planned cases count once it is decided whether they were in time.
ACCESS = """
SELECT GROUPING(practice_id, hub_id), practice_id, hub_id,
       count(*) FILTER (WHERE is_urgent AND submitted_at >= %(start)s)::int,
       count(*) FILTER (WHERE is_urgent AND submitted_at >= %(start)s AND dealt_at < %(end)s)::int,
       count(*) FILTER (WHERE NOT is_urgent AND (dealt_at <= week OR week <= %(at)s))::int,
       count(*) FILTER (WHERE NOT is_urgent AND dealt_at <= week)::int,
       count(*) FILTER (WHERE NOT is_urgent AND (dealt_at <= fortnight OR fortnight <= %(at)s)
         )::int,
       count(*) FILTER (WHERE NOT is_urgent AND dealt_at <= fortnight)::int
FROM (
  SELECT one.practice_id, one.hub_id, one.submitted_at, one.urgency <= 4 AS is_urgent,
         one.submitted_at + interval '7 days' AS week,
         one.submitted_at + interval '14 days' AS fortnight,
         least(one.closed_at, booking.starts_at) AS dealt_at
  FROM triage_case one
  LEFT JOIN appointments_booking booking
    ON booking.id = one.booking_id AND booking.state IN ('booked', 'arrived', 'attended')
  WHERE one.submitted_at > %(at)s - interval '21 days' AND one.submitted_at <= %(at)s
    AND one.urgency > 0
    AND (one.practice_id = ANY(%(practices)s) OR one.hub_id = ANY(%(hubs)s))
) asked
GROUP BY GROUPING SETS ((practice_id), (hub_id), ())
"""
CLASSES = 7


@dataclass(slots=True)
class CaseCounts:
    """One organisation's cases: waiting now, asked by hour today, dealt with in time."""

    waiting: Waiting = field(default_factory=Waiting)
    demand: dict[int, int] = field(default_factory=dict)
    access: Access = field(default_factory=Access)


def count_cases(facts: dict[str, Any], *, attended: Collection[int]) -> dict[int, CaseCounts]:
    """A practice's own cases, a hub's queue, and under the network's id all. Three statements.

    `attended` are the hubs where a clinician is at the queue.
    """
    counted: dict[int, CaseCounts] = defaultdict(CaseCounts)
    facts = facts | {"attended": list(attended)}
    for row in rows(WAITING, facts):
        counted[whose(row, facts)].waiting = _waiting(row[3:])
    for *which, hour, number in rows(DEMAND, facts):
        counted[whose(which, facts)].demand[hour] = number
    for row in rows(ACCESS, facts):
        counted[whose(row, facts)].access = Access(*row[3:])
    return counted


def _waiting(numbers: tuple[Any, ...]) -> Waiting:
    late, late_urgent, untaken, unowned, for_today, oldest_at = numbers[CLASSES:]
    return Waiting(
        by_class=numbers[:CLASSES],
        late=late,
        late_urgent=late_urgent,
        untaken=untaken,
        unowned=unowned,
        for_today=for_today,
        oldest_at=oldest_at,
    )


def whose(row: Sequence[Any], facts: dict[str, Any]) -> int:
    """Whose line of a statement with GROUPING SETS (practice), (hub), () this is."""
    level, practice_id, hub_id, *_ = row
    organisation: int = {1: practice_id, 2: hub_id, 3: facts["network"]}[level]
    return organisation
