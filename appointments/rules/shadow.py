"""What an enforced limit would have done on a day on which it was only shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Charge:
    """Something that took points of a day: at an instant, until it was given back if ever.

    A contact that nobody booked (`is_booking` false) has happened: no limit could refuse it.
    """

    at: datetime
    points: int
    is_booking: bool = True
    is_urgent: bool = False
    given_back_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether it counts at the instant."""
        return self.at <= at and (self.given_back_at is None or at < self.given_back_at)


@dataclass(frozen=True, slots=True)
class Shadow:
    """Bookings in all; those an enforced limit refuses; urgent ones it lets pass with a reason."""

    bookings: int = 0
    refused: int = 0
    passed: int = 0

    def __add__(self, other: Shadow) -> Shadow:
        return Shadow(
            self.bookings + other.bookings,
            self.refused + other.refused,
            self.passed + other.passed,
        )


def shadow_of(limit: int, charges: Iterable[Charge]) -> Shadow:
    """The day once more, under the limit: what is refused takes no points of those that follow."""
    stood: list[Charge] = []
    bookings = refused = passed = 0
    for charge in sorted(charges, key=lambda one: (one.at, one.is_booking, one.points)):
        used = sum(one.points for one in stood if one.stands(charge.at))
        is_past = charge.is_booking and used + charge.points > limit
        bookings += charge.is_booking
        if is_past and not charge.is_urgent:
            refused += 1
            continue
        passed += is_past
        stood.append(charge)
    return Shadow(bookings, refused, passed)
