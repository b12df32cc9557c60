"""Counting a network's day, minute by minute: figures, pressure, and an end to old rows."""

from datetime import datetime, timedelta

from django.db import connection

from networks.models import CapacitySnapshot
from networks.queries import pool_of
from networks.queries.counting import count_day
from networks.rules.figures import Figures, as_facts, evidence_of, pressure_from
from networks.rules.pressure import Level, Pressure, next_pressure
from practices import news
from practices.clock import local_day
from practices.news import Subject
from practices.rules.reach import Actor
from triage.queries.snapshot import Pool

# Every minute while it may matter for the day's decisions, then one each quarter of an hour.
EVERY_MINUTE_FOR = timedelta(hours=2)
THINNED_OVER = timedelta(days=2)
THIN = """
DELETE FROM networks_capacitysnapshot WHERE id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (
      PARTITION BY organisation_id, date_bin('15 minutes', at, 'epoch') ORDER BY at, id) AS place
    FROM networks_capacitysnapshot
    WHERE network_id = %s AND at < %s AND at >= %s
  ) quarter WHERE place > 1)
"""


def take_snapshot(*, network_id: int, by: Actor, at: datetime) -> int:
    """The day's figures of each member, each hub and the network are kept; how many rows.

    One look a minute: a second one in the same minute keeps nothing. The rows hold counts only
    and nobody decided them, so they have no audit entry of their own.
    """
    minute = at.replace(second=0, microsecond=0)
    taken = CapacitySnapshot.objects.filter(network_id=network_id, at=minute)
    if taken.exists():
        return 0
    pool = pool_of(network_id, at=at)
    figures = count_day(pool, at=at)
    levels = _pressures(pool, figures, at=minute)
    made = CapacitySnapshot.objects.bulk_create(
        [
            CapacitySnapshot(
                network_id=network_id,
                organisation_id=pk,
                day=local_day(at),
                at=minute,
                figures=as_facts(figures[pk], levels[pk]),
                level=levels[pk].level,
                level_since=levels[pk].since,
            )
            for pk in sorted(figures)
        ],
        # Two workers may have looked at once; the first one's rows stand.
        ignore_conflicts=True,
    )
    _thin(network_id, at=minute)
    news.changed(Subject.BOARD, network_id)
    return len(made)


def _pressures(pool: Pool, figures: dict[int, Figures], *, at: datetime) -> dict[int, Pressure]:
    """Each one's pressure after this look; the network's is that of its worst part."""
    before = _latest(pool.network_id, at=at)
    found = {
        pk: next_pressure(before.get(pk), evidence_of(figures[pk], is_hub=pk in pool.hub_ids), at)
        for pk in pool.organisation_ids
    }
    worst = max((one.level for one in found.values()), default=Level.USUAL)
    last = before.get(pool.network_id)
    since = last.since if last and last.level == worst else at
    return found | {pool.network_id: Pressure(worst, since, ())}


def _latest(network_id: int, *, at: datetime) -> dict[int, Pressure]:
    """The pressures of the day's last look: a new day starts afresh."""
    rows = (
        CapacitySnapshot.objects.filter(network_id=network_id, day=local_day(at), at__lt=at)
        .order_by("organisation_id", "-at")
        .distinct("organisation_id")
    )
    return {
        row.organisation_id: pressure_from(row.figures, level=row.level, since=row.level_since)
        for row in rows
    }


def _thin(network_id: int, *, at: datetime) -> None:
    """Of what is older than two hours, one row a quarter of an hour is left."""
    until = at - EVERY_MINUTE_FOR
    with connection.cursor() as cursor:
        cursor.execute(THIN, [network_id, until, until - THINNED_OVER])
