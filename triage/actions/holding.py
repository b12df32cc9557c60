"""A case that changes its mind: what it held elsewhere is free again, in one order of locks."""

from collections.abc import Collection
from datetime import datetime

from appointments import actions as appointments
from appointments.models import Booking
from appointments.queries.stretches import slots_after
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.models import Case


def lock_with_holds(case: Case, slot_id: int, holds: Collection[Booking], *, at: datetime) -> None:
    """The wanted slot and those of the locked case's holds are locked together.

    Two cases that change places, each letting go what the other wants, queue up.
    """
    slots = {slot_id, *(hold.slot_id for hold in holds)}
    slots |= {hold.second_slot_id for hold in holds if hold.second_slot_id is not None}
    if case.is_double:
        slots |= set(slots_after([slot_id]).values())
    if len(slots) > 1:
        appointments.lock_places(slots, practice_ids=[case.practice_id], at=at)


def let_other_holds_go(
    holds: Collection[Booking], kept: Booking | None, *, by: Actor, at: datetime
) -> None:
    """What else the locked case held is free again, unless it ran out and is over already."""
    others = [hold.pk for hold in holds if kept is None or hold.pk != kept.pk]
    if not others:
        return
    for other in Booking.objects.filter(pk__in=others, state="held").order_by("slot_id"):
        appointments.release_hold(booking_id=other.pk, by=by, at=at)


def slot_wanted(held: Booking | None, slot_id: int | None) -> int:
    """The slot of the hold, else the one that was named."""
    wanted = held.slot_id if held else slot_id
    if wanted is None:
        raise Refused("Choose an appointment.", code="required", field="slot")
    return wanted
