"""A case that changes its mind: what it held elsewhere is free again, in one order of locks."""

from collections.abc import Collection
from datetime import datetime

from appointments import actions as appointments
from appointments.models import Booking
from practices.rules.reach import Actor


def lock_with_holds(slot_id: int, holds: Collection[Booking], *, at: datetime) -> None:
    """The wanted slot and those of the locked case's holds are locked together.

    Two cases that change places, each letting go what the other wants, queue up.
    """
    slots = {slot_id, *(hold.slot_id for hold in holds)}
    if len(slots) > 1:
        practices = {hold.practice_id for hold in holds}
        appointments.lock_places(slots, practice_ids=practices, at=at)


def let_other_holds_go(
    holds: Collection[Booking], kept: Booking | None, *, by: Actor, at: datetime
) -> None:
    """What else the locked case held is free again, unless it ran out and is over already."""
    others = [hold.pk for hold in holds if kept is None or hold.pk != kept.pk]
    if not others:
        return
    for other in Booking.objects.filter(pk__in=others, state="held").order_by("slot_id"):
        appointments.release_hold(booking_id=other.pk, by=by, at=at)
