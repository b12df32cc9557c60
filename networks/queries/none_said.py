"""How well: how often the red-flag questions had no answer, and who was raised later after all."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from networks.rules.none_said import Week
from practices.models import Organisation
from practices.rules.london import midnight
from practices.rules.roles import CLINICAL_ROLES

# A flag ticked at the start made the class it stands for: P0, or P1 on a network's own card. With
# a later class at the start, the flag came later. An upgrade that was undone at once is none.
COUNTS = """
WITH asked AS (
  SELECT one.id, one.practice_id, first.urgency AS started,
         date_trunc('week', one.submitted_at AT TIME ZONE 'Europe/London')::date AS week,
         cardinality(one.red_flags) = 0
           OR first.urgency > CASE WHEN one.card_id IS NULL THEN 0 ELSE 1 END AS none_said
  FROM triage_case one
  JOIN triage_casestep first ON first.case_id = one.id AND first.step = 'submit'
  WHERE one.practice_id = ANY(%(practices)s) AND one.red_flags_asked
    AND one.submitted_at >= %(since)s AND one.submitted_at <= %(until)s
), classed AS (
  SELECT step.case_id, step.step, step.role, step.urgency,
         lead(step.step) OVER (PARTITION BY step.case_id ORDER BY step.id) AS followed_by
  FROM triage_casestep step JOIN asked ON asked.id = step.case_id
  WHERE step.step IN ('sign_class', 'raise_class', 'undo_class')
)
SELECT practice_id, week, count(*)::int, count(*) FILTER (WHERE none_said)::int,
       count(*) FILTER (WHERE none_said AND EXISTS (
         SELECT 1 FROM classed
         WHERE classed.case_id = asked.id AND classed.step <> 'undo_class'
           AND classed.role = ANY(%(clinical)s) AND classed.urgency <= 2
           AND classed.urgency < asked.started
           AND classed.followed_by IS DISTINCT FROM 'undo_class'))::int
FROM asked GROUP BY 1, 2 ORDER BY 1, 2
"""


def none_said(
    practice_ids: Sequence[int], *, since: date, until: datetime
) -> dict[int, list[Week]]:
    """Of each practice: its weeks from the day on that have a case. One statement."""
    facts: dict[str, Any] = {
        "practices": list(practice_ids),
        "since": midnight(since),
        "until": until,
        "clinical": sorted(CLINICAL_ROLES),
    }
    found: dict[int, list[Week]] = {pk: [] for pk in practice_ids}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, facts)
        for practice_id, *counts in cursor.fetchall():
            found[practice_id].append(Week(*counts))
    return found


def names_of(practice_ids: Sequence[int]) -> dict[int, str]:
    """The practices' names, in order. One statement."""
    found = Organisation.objects.filter(pk__in=practice_ids).order_by("name", "pk")
    return dict(found.values_list("pk", "name"))
