"""How well: which day of which organisations is counted, as every counting statement wants it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from networks.rules.forecast import PACE_OVER
from practices.rules.london import day_of, midnight
from triage.queries.snapshot import Pool

# A queue that nobody has been at for ten minutes is nobody's (domain section 3, Decisions).
UNATTENDED_AFTER = timedelta(minutes=10)


def day_facts(pool: Pool, *, at: datetime) -> dict[str, Any]:
    """The named values of the statements."""
    day = day_of(at)
    return {
        "at": at,
        "day": day,
        "start": midnight(day),
        "end": midnight(day + timedelta(days=1)),
        "pace_from": at - PACE_OVER,
        "attended_from": at - UNATTENDED_AFTER,
        "network": pool.network_id,
        "practices": list(pool.practice_ids),
        "hubs": list(pool.hub_ids),
        "pool": list(pool.organisation_ids),
    }


def rows(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The answer of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())
