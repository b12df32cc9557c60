"""Every change of a day is noted, and somebody is asked to look at the day again."""

from collections.abc import Collection
from datetime import date, datetime

from appointments.models import ChangedDay, Session, Slot
from practices.clock import local_day
from practices.outbox import look_again


def note_changes(changed: Collection[tuple[int, date]], *, at: datetime) -> None:
    """Each (organisation, day) is noted; today's are looked at soon.

    The notes are for the regular round, should the promise ever fail.
    """
    ChangedDay.objects.bulk_create(
        [
            ChangedDay(organisation_id=organisation_id, day=day, changed_at=at)
            for organisation_id, day in sorted(changed)
        ]
    )
    today = local_day(at)
    for organisation_id in sorted({one for one, day in changed if day == today}):
        look_again(organisation_id=organisation_id, at=at)


def note_change(slot: Slot, *, at: datetime) -> None:
    """The slot's day changed."""
    note_changes([(slot.provider_id, slot.day)], at=at)


def note_session(session: Session, *, at: datetime) -> None:
    """The session's day changed."""
    note_changes([(session.provider_id, local_day(session.starts_at))], at=at)
