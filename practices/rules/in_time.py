"""Whether news in writing is read before it is needed: where it may not be, a person rings too."""

from __future__ import annotations

from datetime import datetime, timedelta

from practices.rules.ways import Way

# Our own assumptions, as nobody has published a figure for patients: a text is looked at within
# half an hour, an email within a day. A letter is printed on the next working day and second class
# takes two more (GOV.UK Notify, delivery times); a Sunday and a bank holiday may lie between.
READ_WITHIN: dict[Way, timedelta] = {
    Way.TEXT: timedelta(minutes=30),
    Way.EMAIL: timedelta(days=1),
    Way.LETTER: timedelta(days=6),
}


def is_read_in_time(way: Way, *, needed_by: datetime | None, at: datetime) -> bool:
    """Whether what leaves now is read by then; what is only spoken is known at once."""
    return needed_by is None or at + READ_WITHIN.get(way, timedelta(0)) <= needed_by
