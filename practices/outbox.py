"""Work promised in the transaction that made it necessary."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from practices.models import OutboxItem
from practices.nudge import nudge

# A burst of changes is one look.
SETTLES_IN = timedelta(seconds=3)
# Where no sweeper runs, promises of minutes ago are not searched for each time.
SHARED_FOR = timedelta(minutes=5)


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


def look_again(*, organisation_id: int, at: datetime) -> None:
    """Soon after the commit somebody looks at the organisation's day; who, the roof says.

    A promise that waits already is shared, not doubled: whoever shares it keeps the sweeper from
    taking it before their own change is committed. Nobody waits for anybody: of two who come first
    at the same moment each makes one, and the second look finds nothing new.
    """
    wish: dict[str, str | datetime] = {
        "task": settings.WHEN_A_DAY_CHANGES,
        "payload": json.dumps({"organisation_id": organisation_id}),
        "created_at": at,
        "due_at": at + SETTLES_IN,
        "recent": at - SHARED_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH untaken AS (SELECT id FROM practices_outboxitem"
            " WHERE done_at IS NULL AND due_at > %(recent)s AND attempts = 0"
            " AND task = %(task)s AND payload = %(payload)s::jsonb LIMIT 1 FOR SHARE SKIP LOCKED)"
            " INSERT INTO practices_outboxitem"
            " (task, payload, created_at, due_at, attempts, trouble)"
            " SELECT %(task)s, %(payload)s, %(created_at)s, %(due_at)s, 0, ''"
            " WHERE NOT EXISTS (SELECT 1 FROM untaken)",
            wish,
        )


def _nudge_after_commit() -> None:
    """One nudge a transaction, however much was promised in it."""
    if all(waiting[1] is not nudge for waiting in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)
