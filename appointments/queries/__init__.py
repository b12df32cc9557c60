"""When: every question the appointments app answers."""

from appointments.queries.bookings import (
    BookingRow,
    appointment_of,
    appointments_of,
    booking_row,
    bookings_of_case,
    coming_bookings,
    place_of,
)
from appointments.queries.free_slots import FreeSlot, free_slots, slot_with_places
from appointments.queries.left_today import LeftToday, left_today
from appointments.queries.meter_check import (
    LedgerFault,
    ShareFault,
    ledger_faults,
    share_faults,
)
from appointments.queries.workload import DayMeter, PracticeMeter, meters_on, practice_meter

__all__ = [
    "BookingRow",
    "DayMeter",
    "FreeSlot",
    "LedgerFault",
    "LeftToday",
    "PracticeMeter",
    "ShareFault",
    "appointment_of",
    "appointments_of",
    "booking_row",
    "bookings_of_case",
    "coming_bookings",
    "free_slots",
    "ledger_faults",
    "left_today",
    "meters_on",
    "place_of",
    "practice_meter",
    "share_faults",
    "slot_with_places",
]
