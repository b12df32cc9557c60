"""When: every row of the appointments app."""

from appointments.models.bookings import LIVE, Booking, Move, Override
from appointments.models.cover import NamedCover
from appointments.models.load import (
    ChangedDay,
    ContactEvent,
    ContactNote,
    DayLoad,
    ShareUse,
    UndoneContact,
)
from appointments.models.rota import Session, Slot
from appointments.models.supervision import PausedList

__all__ = [
    "LIVE",
    "Booking",
    "ChangedDay",
    "ContactEvent",
    "ContactNote",
    "DayLoad",
    "Move",
    "NamedCover",
    "Override",
    "PausedList",
    "Session",
    "ShareUse",
    "Slot",
    "UndoneContact",
]
