"""How well: one network's day counted row by row, for every organisation and in sum."""

from datetime import datetime
from typing import Any

from hubs.rules.sharing import share_left
from networks.queries.case_counts import count_cases, whose
from networks.queries.day_facts import day_facts, rows
from networks.queries.place_counts import PlaceCounts, count_places
from networks.queries.staff_counts import meters_of, rota, staff_of
from networks.queries.workforce import workforce_of
from networks.rules.figures import Figures
from networks.rules.forecast import full_at
from networks.rules.plausible import doubts
from triage.queries.snapshot import Pool

PROPOSALS = """
SELECT GROUPING(proposal.practice_id, slot.hub_id), proposal.practice_id, slot.hub_id,
       count(*)::int
FROM triage_proposal proposal
JOIN triage_rebalancerun run ON run.id = proposal.run_id
JOIN appointments_slot slot ON slot.id = proposal.to_slot_id
WHERE proposal.state = 'open' AND run.network_id = %(network)s
GROUP BY GROUPING SETS ((proposal.practice_id), (slot.hub_id), ())
"""
# What each practice may still use of the hubs today.
SHARES = """
SELECT agreement.practice_id, agreement.provider_id, agreement.share_places,
       coalesce(taken.used, 0)
FROM hubs_agreement agreement
LEFT JOIN appointments_shareuse taken
  ON taken.practice_id = agreement.practice_id AND taken.hub_id = agreement.provider_id
 AND taken.day = %(day)s
WHERE agreement.practice_id = ANY(%(practices)s) AND agreement.provider_id = ANY(%(hubs)s)
  AND agreement.from_on <= %(day)s
  AND (agreement.until_on IS NULL OR agreement.until_on > %(day)s)
"""


def count_day(pool: Pool, *, at: datetime) -> dict[int, Figures]:
    """The figures of every organisation of the pool; the network's id stands for their sum.

    In the sum a clinician who works in two places counts once. Fifteen statements, whatever the
    size; to be asked with every row in reach.
    """
    facts = day_facts(pool, at=at)
    people = rota(facts)
    meters = meters_of(people[pool.network_id].present, day=facts["day"], at=at)
    attended = [pk for pk in pool.hub_ids if people[pk].is_attended]
    places, cases = count_places(facts), count_cases(facts, attended=attended)
    proposals = _proposals(facts)
    workforce = workforce_of(pool.practice_ids, on=facts["day"])
    shares = _shares(facts, places)
    figures = {}
    for pk in (*pool.organisation_ids, pool.network_id):
        own, asked = places.get(pk, PlaceCounts()), cases[pk]
        share_places, share_left = shares.get(pk, (0, 0))
        figures[pk] = Figures(
            places=own.places,
            staff=staff_of(people[pk], meters),
            waiting=asked.waiting,
            access=asked.access,
            demand=asked.demand,
            capacity=own.by_hour,
            proposals=proposals.get(pk, 0),
            share_left=share_left,
            share_places=share_places,
            full_at=_full_at(own, at=at) if pk in pool.hub_ids else None,
            doubts=doubts(workforce[pk]) if pk in workforce else (),
        )
    return figures


def _shares(facts: dict[str, Any], places: dict[int, PlaceCounts]) -> dict[int, tuple[int, int]]:
    """Each practice's share of the hubs: all, and what of it can still be booked."""
    found: dict[int, tuple[int, int]] = {}
    for practice_id, hub_id, share, used in rows(SHARES, facts):
        free = places[hub_id].places.free if hub_id in places else 0
        whole, left = found.get(practice_id, (0, 0))
        found[practice_id] = (whole + share, left + share_left(share, used, free=free))
    return found


def _full_at(own: PlaceCounts, *, at: datetime) -> datetime | None:
    return full_at(
        free=own.places.free,
        taken_last_hour=own.places.taken_last_hour,
        last_place_at=own.last_free_at,
        at=at,
    )


def _proposals(facts: dict[str, Any]) -> dict[int, int]:
    """Open proposals: of a practice's patients, into a hub, and of the network."""
    counted = {}
    for row in rows(PROPOSALS, facts):
        *which, number = row
        if which[0] != 2 or which[2] is not None:
            counted[whose(which, facts)] = number
    return counted
