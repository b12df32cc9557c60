"""Letters a desk prints: the page, and who has posted it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.clock import local_day
from practices.presenters import clock_words, date_words, time_words
from practices.queries.messages import LetterRow
from practices.rules.in_time import is_worth_posting
from practices.rules.message_forms import sentences_of


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A message in large print: a line of its own for each sentence; and who posts it."""

    reference: str
    state: str
    may_post: bool
    practice: str
    date: str
    to: tuple[str, ...]
    sentences: tuple[str, ...]


def letter_page(row: LetterRow, *, now: datetime) -> LetterPage:
    """The letter as it is printed."""
    return LetterPage(
        reference=row.reference,
        state=_letter_state(row, now=now),
        may_post=row.is_to_tell and is_worth_posting(needed_by=row.needed_by, at=now),
        practice=row.practice,
        date=date_words(local_day(now)),
        to=row.to,
        sentences=sentences_of(row.body),
    )


def _letter_state(row: LetterRow, *, now: datetime) -> str:
    """Whether it is printed and posted, and by whom, so that it is done once."""
    if row.told_by and row.settled_at is not None:
        when = moment(row.settled_at, now=now)
        return f"Printed and posted by {row.told_by}, {when}. It need not be posted again."
    if not row.is_to_tell:
        return "Nobody has to post this letter any more."
    if not is_worth_posting(needed_by=row.needed_by, at=now):
        return "It would be read too late: ring the patient. You can print it to hand over."
    if row.taken_by and row.taken_at is not None:
        when = moment(row.taken_at, now=now)
        return f"{row.taken_by} said at {when}: “I will post it”. It is not posted yet."
    return "Nobody has posted it yet."


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter somebody has posted today."""

    to: str
    words: str
    letter: str


def posted_words(row: LetterRow, *, now: datetime) -> Posted:
    """To whom, by whom, when."""
    when = moment(row.settled_at, now=now) if row.settled_at else ""
    return Posted(
        to=row.to[0],
        words=f"by {row.told_by}, {when}",
        letter=reverse("triage:letter", args=[row.reference]),
    )


def moment(at: datetime, *, now: datetime) -> str:
    """A time of today as such; any other with its day."""
    return time_words(at) if local_day(at) == local_day(now) else clock_words(at)
