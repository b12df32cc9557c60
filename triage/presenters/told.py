"""What a patient was told in writing, in words: the way it went, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from practices.presenters import time_words
from practices.presenters.messages import fate_words
from practices.queries import MessageRow
from practices.rules.message_words import OF_AN_APPOINTMENT, SAYS_MORE, News
from practices.rules.phones import spoken
from practices.rules.ways import Way

ABOUT_IT = OF_AN_APPOINTMENT | SAYS_MORE
OVERTAKEN = "Not sent: the newer message says more"
# What stands for the number where no text goes out.
NO_TEXT = {"letter": "Letter", "voice": "By voice"}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """What the patient was told in writing."""

    to: str
    body: str
    state: str
    at: str


def message_lines(rows: Sequence[MessageRow], *, now: datetime) -> tuple[MessageLine, ...]:
    """The messages of a case, newest first; what is overtaken says so before it would leave."""
    return tuple(
        replace(message_line(row, now=now), state=OVERTAKEN)
        if _is_overtaken(row, rows[:number])
        else message_line(row, now=now)
        for number, row in enumerate(rows)
    )


def _is_overtaken(row: MessageRow, newer: Sequence[MessageRow]) -> bool:
    """Whether that we have the request is not said any more: they are booked, or it is complete."""
    is_waiting = row.state == "queued" and row.kind == News.RECEIVED
    said = (one.kind for one in newer if one.state != "superseded" and one.kind in ABOUT_IT)
    return is_waiting and next(said, "") in SAYS_MORE


def message_line(row: MessageRow, *, now: datetime) -> MessageLine:
    """One message of a case."""
    at, waits = time_words(row.queued_at), _to_be_told(row, now=now)
    return MessageLine(
        to=waits or _goes_to(row),
        body=row.body,
        state=fate_words(row, now=now),
        at=f"since {at}" if waits else at,
    )


def _to_be_told(row: MessageRow, *, now: datetime) -> str:
    """That nobody has said yet what only a voice can say; empty where somebody has."""
    if row.channel != Way.VOICE or not row.is_to_tell:
        return ""
    if row.is_overtaken or (row.news_until is not None and row.news_until <= now):
        return "Nobody has told them"
    return f"To be {'rung' if row.send_to else 'told'}: nobody has yet"


def _goes_to(row: MessageRow) -> str:
    """The way it goes, and to which number or address."""
    if row.channel == Way.EMAIL:
        return f"Email to {row.email}"
    return NO_TEXT.get(row.channel) or f"Text to {spoken(row.send_to)}"
