"""Whether the hub reads what comes to it now, and nobody closes it while that is asked."""

from datetime import datetime

from django.db import connection

from hubs.queries import reads_from
from practices.clock import bank_holidays
from practices.doors import everywhere


def read_by_hub(hub_id: int, *, at: datetime) -> datetime | None:
    """When the hub reads what comes to it now; None: at once.

    Until the transaction ends nobody closes the hub: a case is either counted by who closes, or
    knows that the hub was closed.
    """
    lock_day(hub_id, "pg_advisory_xact_lock_shared")
    return reads_from(hub_id, at=at, holidays=bank_holidays())


def read_by_any_hub(hub_id: int, *, at: datetime) -> datetime | None:
    """The same of a hub out of reach: who has left it still has cases there."""
    with everywhere(because="a case asks whether its hub is shut", at=at):
        return read_by_hub(hub_id, at=at)


def lock_day(hub_id: int, lock: str) -> None:
    """Whoever closes the hub waits for who submits, and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('hub_day'), %s)", [hub_id])
