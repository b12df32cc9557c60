"""A second appointment of one person on one day is somebody's decision, on record (I45)."""

from datetime import datetime

from appointments.models import Booking
from practices.presenters import time_words
from practices.rules.refusals import Conflict

TO_COME = ("booked", "arrived")


def check_only_one(booking: Booking, *, at: datetime) -> None:
    """Refused where the person comes on that day already and nobody said why both are booked.

    Two at one time are refused by the database itself.
    """
    if booking.overlap_override_id is not None:
        return
    there = Booking.objects.filter(
        person_key=booking.person_key, day=booking.day, state__in=TO_COME, ends_at__gt=at
    ).exclude(pk=booking.pk)
    other = there.order_by("starts_at").first()
    if other is not None:
        words = "This person already has an appointment that day, at"
        raise Conflict(f"{words} {time_words(other.starts_at)}.", code="duplicate")
