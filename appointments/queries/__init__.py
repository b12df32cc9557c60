"""When: every question the appointments app answers."""

from appointments.queries.bookings import BookingRow, booking_row, bookings_of_case
from appointments.queries.free_slots import FreeSlot, free_slots, slot_with_places
from appointments.queries.workload import DayMeter, PracticeMeter, meters_on, practice_meter

__all__ = [
    "BookingRow",
    "DayMeter",
    "FreeSlot",
    "PracticeMeter",
    "booking_row",
    "bookings_of_case",
    "free_slots",
    "meters_on",
    "practice_meter",
    "slot_with_places",
]
