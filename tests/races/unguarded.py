"""The application without the slot's lock, served for a positive control: it must over-book."""

from importlib import import_module

from config.wsgi import application

# Imported only now: the application above loads the houses first.
stretches = import_module("appointments.actions.stretches")
stretches.lock_slot = lambda slot_id: stretches.Slot.objects.get(pk=slot_id)

__all__ = ["application"]
