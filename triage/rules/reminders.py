"""When a patient is reminded, and when nobody's phone should ring."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from practices.rules.code import Code
from practices.rules.london import LONDON


class Reminder(Code):
    """Which of the two reminders."""

    DAY = "day", "The day before"
    HOURS = "hours", "Two hours before"


# How long before the appointment each is sent, and how old the booking is by then: who has just
# been told needs no reminder.
AHEAD = {Reminder.HOURS: timedelta(hours=2), Reminder.DAY: timedelta(hours=24)}
SETTLED_FOR = {Reminder.HOURS: timedelta(hours=4), Reminder.DAY: timedelta(hours=12)}
# Later than this a reminder only hurries somebody who is on the way.
TOO_LATE = timedelta(minutes=30)
MORNING, EVENING = time(8), time(21)


def is_waking_hour(at: datetime) -> bool:
    """Whether a text may arrive now: between 8am and 9pm on the wall."""
    return MORNING <= at.astimezone(LONDON).time() < EVENING


def reminder_due(*, booked_at: datetime, starts_at: datetime, at: datetime) -> Reminder | None:
    """The reminder that should have gone out by now, nearest first; None for none."""
    left = starts_at - at
    if left < TOO_LATE or not is_waking_hour(at):
        return None
    for reminder, ahead in AHEAD.items():
        if left <= ahead:
            is_old = starts_at - ahead - booked_at >= SETTLED_FOR[reminder]
            return reminder if is_old else None
    return None
