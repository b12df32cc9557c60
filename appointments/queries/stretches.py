"""When: which slot follows another without a gap, for those who need two together."""

from collections.abc import Collection

from django.db import connection

# The same session and kind of contact, so that nobody changes rooms or picks up a telephone.
FOLLOWS = (
    "next.session_id = slot.session_id AND next.starts_at = slot.ends_at"
    " AND next.mode = slot.mode AND next.status = 'open'"
)
NEXT = """
SELECT slot.id, next.id FROM appointments_slot slot, appointments_slot next
WHERE slot.id = ANY (%s) AND {follows}
"""


def slots_after(slot_ids: Collection[int]) -> dict[int, int]:
    """For each slot in reach the open one right after it in its session, if any. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(follows=FOLLOWS), [sorted(set(slot_ids))])
        return dict(cursor.fetchall())
