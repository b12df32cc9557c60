"""Whether news in writing is read before it is needed: where it may not be, a person rings too."""

from __future__ import annotations

from datetime import datetime, timedelta

from practices.rules.london import day_of, midnight
from practices.rules.message_words import OF_AN_APPOINTMENT, News
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


# A desk's own first-class stamp: there the next working day; a Sunday may lie between.
BY_HAND = timedelta(days=2)


def is_worth_posting(*, needed_by: datetime | None, at: datetime) -> bool:
    """Whether a letter a desk posts now is read by then; else somebody has to ring."""
    return needed_by is None or at + BY_HAND <= needed_by


def news_until(
    news: News, *, starts_at: datetime | None, due_at: datetime | None
) -> datetime | None:
    """From when nobody needs to hear it any more; None where it never gets old.

    Who has missed a time they never heard of is looked after as missed. Whose time was taken away
    may wait for it, at the door or beside the phone, as long as the day lasts.
    """
    if news is News.RECEIVED:
        return due_at
    if news is News.DISPLACED and starts_at is not None:
        return midnight(day_of(starts_at) + timedelta(days=1))
    return starts_at if news in OF_AN_APPOINTMENT else None
