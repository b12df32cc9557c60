"""Work promised in the transaction that made it necessary."""

from datetime import datetime

from django.db import connection, transaction

from practices.models import OutboxItem
from practices.nudge import nudge


def later(
    task: str,
    *,
    at: datetime,
    due_at: datetime | None = None,
    window: str | None = None,
    **payload: object,
) -> None:
    """The task will run after the commit, at `due_at` or soon; the same window only once.

    The row is the promise. The nudge to the broker is only for speed: where it is lost, the
    sweeper finds the row.
    """
    OutboxItem.objects.bulk_create(
        [OutboxItem(task=task, payload=payload, window=window, created_at=at, due_at=due_at or at)],
        ignore_conflicts=window is not None,
    )
    if due_at is None or due_at <= at:
        _nudge_after_commit()


def _nudge_after_commit() -> None:
    """One nudge a transaction, however much was promised in it."""
    if all(waiting[1] is not nudge for waiting in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)
