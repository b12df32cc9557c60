"""The order of locks below the case: slots by id, then shares, then the days' ledgers.

A wish that touches more than one slot takes them all here before it gives back or takes a place;
whatever it then changes is locked already, so two such wishes queue up instead of waiting for each
other in a ring.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Q

from appointments.models import Booking, DayLoad, ShareUse, Slot
from practices.doors import everywhere

NEW_SHARES = """
INSERT INTO appointments_shareuse (practice_id, hub_id, day, used, borrowed)
SELECT practice, slot.hub_id, slot.day, 0, 0
FROM appointments_slot slot CROSS JOIN unnest(%(practices)s::bigint[]) AS practice
WHERE slot.id = ANY (%(slots)s) AND slot.hub_id IS NOT NULL
GROUP BY practice, slot.hub_id, slot.day
ORDER BY slot.hub_id, slot.day, practice
ON CONFLICT (practice_id, hub_id, day) DO NOTHING
"""
NEW_DAYS = """
INSERT INTO appointments_dayload (clinician_id, day, held, booked, logged)
SELECT clinician_id, day, 0, 0, 0 FROM appointments_slot WHERE id = ANY (%(slots)s)
GROUP BY clinician_id, day ORDER BY clinician_id, day
ON CONFLICT (clinician_id, day) DO NOTHING
"""


def lock_places(
    slot_ids: Collection[int], *, practice_ids: Collection[int], at: datetime
) -> dict[int, Slot]:
    """The slots, and every share and ledger a wish about them may change, locked in order.

    The practices are those of the patients; whose holds ran out is found here.
    """
    wanted = sorted(set(slot_ids))
    found = Slot.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    slots = {slot.pk: slot for slot in found}
    with everywhere(because="shares in one order of locks", at=at):
        here = Q(slot__in=slots) | Q(second_slot__in=slots)
        ran_out = Booking.objects.filter(here, state="held", expires_at__lte=at)
        practices = {*practice_ids, *ran_out.values_list("practice_id", flat=True)}
        _lock_shares(slots, practices)
    _lock_days(slots)
    return slots


def _lock_shares(slots: dict[int, Slot], practices: Collection[int]) -> None:
    hubs = {(slot.hub_id, slot.day) for slot in slots.values() if slot.hub_id is not None}
    if not hubs:
        return
    with connection.cursor() as cursor:
        cursor.execute(NEW_SHARES, {"slots": list(slots), "practices": sorted(practices)})
    list(
        ShareUse.objects.select_for_update()
        .filter(
            practice__in=practices,
            hub__in={hub_id for hub_id, _ in hubs},
            day__in={day for _, day in hubs},
        )
        .order_by("hub_id", "day", "practice_id")
    )


def _lock_days(slots: dict[int, Slot]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEW_DAYS, {"slots": list(slots)})
    list(
        DayLoad.objects.select_for_update()
        .filter(
            clinician__in={slot.clinician_id for slot in slots.values()},
            day__in={slot.day for slot in slots.values()},
        )
        .order_by("clinician_id", "day")
    )
