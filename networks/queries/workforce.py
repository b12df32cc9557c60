"""How well: each practice's list, GPs and busiest week, as far as they are on record."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection

from networks.rules.plausible import Workforce
from practices.rules.london import midnight

WORKFORCE = """
WITH gp AS (
  SELECT person.id, person.home_id, count(session.id) AS sessions
  FROM practices_clinician person
  LEFT JOIN appointments_session session
    ON session.clinician_id = person.id AND session.status = 'published'
   AND session.starts_at >= %(monday)s AND session.starts_at < %(next_monday)s
  WHERE person.profession = 'gp' AND person.home_id = ANY (%(practices)s)
  GROUP BY person.id
)
SELECT practice.organisation_id, practice.list_size, count(gp.id)::int,
       coalesce(max(gp.sessions), 0)::int
FROM practices_practice practice
LEFT JOIN gp ON gp.home_id = practice.organisation_id
WHERE practice.organisation_id = ANY (%(practices)s)
GROUP BY practice.organisation_id, practice.list_size
ORDER BY practice.organisation_id
"""


def workforce_of(practice_ids: Collection[int], *, on: date) -> dict[int, Workforce]:
    """The practices' workforce in the week of the day. One statement, whatever the number."""
    monday = on - timedelta(days=on.weekday())
    with connection.cursor() as cursor:
        cursor.execute(
            WORKFORCE,
            {
                "practices": list(practice_ids),
                "monday": midnight(monday),
                "next_monday": midnight(monday + timedelta(days=7)),
            },
        )
        return {pk: Workforce(*facts) for pk, *facts in cursor.fetchall()}
