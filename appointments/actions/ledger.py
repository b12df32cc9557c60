"""The day's ledger: points go up under the limit, come down freely, and are never edited."""

from datetime import date

from django.db import connection
from django.db.models import F

from appointments.models import DayLoad

COLUMNS = frozenset({"held", "booked", "logged"})


def charge(*, clinician_id: int, day: date, column: str, points: int, limit: int | None) -> bool:
    """The points stand on the clinician's day, unless that would pass `limit` (None: no limit).

    The check and the change are one statement, so two who race for the last point cannot both
    have it.
    """
    assert column in COLUMNS
    start = {name: points if name == column else 0 for name in COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appointments_dayload AS load (clinician_id, day, held, booked, logged)"
            " SELECT %(clinician)s, %(day)s, %(held)s, %(booked)s, %(logged)s"
            " WHERE %(limit)s::int IS NULL OR %(points)s <= %(limit)s"
            " ON CONFLICT (clinician_id, day)"
            f" DO UPDATE SET {column} = load.{column} + %(points)s"
            " WHERE %(limit)s::int IS NULL"
            " OR load.held + load.booked + load.logged + %(points)s <= %(limit)s",
            {**start, "points": points, "clinician": clinician_id, "day": day, "limit": limit},
        )
        return bool(cursor.rowcount == 1)


def shift(*, clinician_id: int, day: date, points: int, start: str, to: str | None) -> None:
    """Points leave one column for another, or the ledger (None)."""
    assert start in COLUMNS
    changes = {start: F(start) - points}
    if to is not None:
        assert to in COLUMNS
        changes[to] = F(to) + points
    changed = DayLoad.objects.filter(clinician_id=clinician_id, day=day).update(**changes)
    assert changed == 1, "a charged day has a ledger row"
