"""The application without the slot's lock, served for a positive control: it must over-book."""

from importlib import import_module

from config.wsgi import application

# Imported only now: the application above loads the houses first.
bookings = import_module("appointments.actions.bookings")
bookings.lock_slot = lambda slot_id: bookings.Slot.objects.get(pk=slot_id)

__all__ = ["application"]
