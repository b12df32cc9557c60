"""The application without the slot's lock, served for a positive control: it must over-book."""

import time
from importlib import import_module

from django.db import connection

from config.wsgi import application

PATIENCE = 60.0
# Imported only now: the application above loads the houses first.
places = import_module("appointments.actions.places")
stretches = import_module("appointments.actions.stretches")
look = places._free_place


def _look_together(stretch, *wish, **how):
    """The free place, once a second desk has looked for one in the slot; only then do they take.

    A connection stays on the slot's list until it closes, so no later desk waits for another.
    """
    place, key = look(stretch, *wish, **how), [stretch.first.pk]
    looked = (
        "SELECT count(DISTINCT pid) FROM pg_locks"
        " WHERE locktype = 'advisory' AND classid = 1 AND objid = %s"
    )
    until, desks = time.monotonic() + PATIENCE, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(1, %s)", key)
        while desks < 2 and time.monotonic() < until:
            time.sleep(0.01)
            cursor.execute(looked, key)
            (desks,) = cursor.fetchone()
    return place


places._free_place = _look_together
stretches.lock_slot = lambda slot_id: stretches.Slot.objects.get(pk=slot_id)

__all__ = ["application"]
