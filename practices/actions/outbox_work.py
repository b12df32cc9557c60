"""Taking promised work out of the outbox: leased, done, or put back with the trouble named."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.models import OutboxItem
from practices.rules.reach import Actor

# How soon the work of a worker that died is taken up by another one.
LEASE = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
# The column's end: a promise that fails for months must not stop the sweep with an overflow.
MOST_ATTEMPTS = 32_767


@dataclass(frozen=True, slots=True)
class Work:
    """One promise to keep now."""

    id: int
    task: str
    payload: dict[str, object]


def take_work(*, by: Actor, at: datetime) -> Work | None:
    """The oldest due promise is ours for `LEASE`; a worker that dies loses it to the next."""
    item = (
        OutboxItem.objects.select_for_update(skip_locked=True)
        .filter(done_at__isnull=True, due_at__lte=at)
        .order_by("due_at", "id")
        .first()
    )
    if item is None:
        return None
    item.attempts = min(item.attempts + 1, MOST_ATTEMPTS)
    item.due_at = at + LEASE
    item.save(update_fields=["attempts", "due_at"])
    return Work(id=item.pk, task=item.task, payload=item.payload)


def finish_work(*, work_id: int, by: Actor, at: datetime) -> None:
    """The promise is kept; done twice it stays as done the first time."""
    OutboxItem.objects.filter(pk=work_id, done_at__isnull=True).update(done_at=at, trouble="")


def put_back(*, work_id: int, trouble: str, by: Actor, at: datetime) -> None:
    """The promise stands, with what went wrong; each failure waits longer for the next try."""
    item = OutboxItem.objects.select_for_update().filter(pk=work_id, done_at=None).first()
    if item is None:
        return
    item.trouble = trouble[:200]
    item.due_at = at + min(LEASE * item.attempts, LONGEST_WAIT)
    item.save(update_fields=["trouble", "due_at"])
