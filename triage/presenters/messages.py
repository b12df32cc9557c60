"""Messages that did not get through, in words: whom to ring, and what to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.clock import local_day
from practices.presenters import clock_words, date_words, time_words
from practices.presenters.messages import trouble_words
from practices.queries import ToTellRow
from practices.queries.messages import LetterRow
from practices.rules.message_words import News
from practices.rules.phones import spoken
from triage.presenters.contact import must_know
from triage.presenters.signs import name_words
from triage.queries.contact import ContactFacts


@dataclass(frozen=True, slots=True)
class ToTellLine:
    """One patient to tell."""

    reference: str
    name: str
    born: str
    must_know: tuple[str, ...]
    about: str
    why: str
    phone: str
    since: str
    body: str
    case: str
    told: str
    letter: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A message in large print: a line of its own for each sentence."""

    practice: str
    date: str
    to: tuple[str, ...]
    sentences: tuple[str, ...]


def letter_page(row: LetterRow, *, now: datetime) -> LetterPage:
    """The letter as it is printed."""
    name = f"{row.given_name} {row.family_name}"
    return LetterPage(
        practice=row.practice,
        date=date_words(local_day(now)),
        to=tuple(filter(None, (name, row.address, row.postcode))),
        sentences=tuple(f"{words.rstrip('.')}." for words in row.body.split(". ")),
    )


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """The list, and how long it is."""

    heading: str
    lines: tuple[ToTellLine, ...]


def messages_page(
    rows: Sequence[ToTellRow], contacts: Mapping[str, ContactFacts], *, now: datetime
) -> MessagesPage:
    """What did not get through, longest waiting first."""
    words = {0: "No messages to pass on", 1: "1 message did not get through"}
    return MessagesPage(
        heading=words.get(len(rows), f"{len(rows)} messages did not get through"),
        lines=tuple(_line(row, contacts.get(row.case_ref), now=now) for row in rows),
    )


def _line(row: ToTellRow, contact: ContactFacts | None, *, now: datetime) -> ToTellLine:
    is_today = local_day(row.since) == local_day(now)
    return ToTellLine(
        reference=row.reference,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        must_know=must_know(contact) if contact else (),
        about=News(row.kind).label,
        why=trouble_words(row.trouble, channel=row.channel),
        phone=_phone_words(row),
        since=time_words(row.since) if is_today else clock_words(row.since),
        body=row.body,
        case=reverse("triage:desk", args=[row.case_ref]) if row.case_ref else "",
        told=reverse("triage:told", args=[row.reference]),
        letter=reverse("triage:letter", args=[row.reference]) if row.channel == "letter" else "",
    )


def _phone_words(row: ToTellRow) -> str:
    """The number to ring; a request without one says itself how the patient is reached."""
    if row.phone:
        return spoken(row.phone)
    return f"No phone number: look in the {'request' if row.case_ref else 'record'}"
