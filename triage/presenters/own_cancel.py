"""What a patient reads before they cancel by their own link."""

from datetime import datetime

from appointments.queries import BookingRow
from appointments.rules.codes import Mode
from triage.presenters.signs import when_words


def asked(row: BookingRow, *, now: datetime) -> str:
    """The appointment as the message named it: when, and where or how."""
    when = when_words(row.starts_at, now=now)
    if Mode(row.mode).is_remote:
        return f"{when}, {Mode(row.mode).label.lower()}"
    return f"{when}, at {', '.join(filter(None, [row.site, row.address]))}"
