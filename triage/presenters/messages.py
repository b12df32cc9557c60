"""Messages that did not get through, in words: whom to ring, and what to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from practices.clock import local_day
from practices.presenters import clock_words, date_words, time_words
from practices.presenters.messages import trouble_words
from practices.queries import ToTellRow
from practices.queries.messages import LetterRow
from practices.rules.fates import Trouble
from practices.rules.in_time import is_read_in_time
from practices.rules.message_words import OF_AN_APPOINTMENT, News, sentences_of
from practices.rules.reach import Actor
from practices.rules.ways import Way, may_leave_voicemail
from triage.presenters.contact import must_know, ring_words
from triage.presenters.signs import case_address, name_words
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
    take: str
    i_will: str
    voicemail: str
    owner: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A message in large print: a line of its own for each sentence."""

    practice: str
    date: str
    to: tuple[str, ...]
    sentences: tuple[str, ...]


def letter_page(row: LetterRow, *, now: datetime) -> LetterPage:
    """The letter as it is printed."""
    return LetterPage(
        practice=row.practice,
        date=date_words(local_day(now)),
        to=row.to,
        sentences=sentences_of(row.body),
    )


@dataclass(frozen=True, slots=True)
class Pile:
    """Messages that are passed on the same way, and what is done with each."""

    heading: str
    what_to_do: str
    done: str
    lines: tuple[ToTellLine, ...]


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """The piles, and how many messages they hold."""

    heading: str
    piles: tuple[Pile, ...]


PILES: tuple[tuple[str, str, str], ...] = (
    (
        "Ring now",
        "Say first that you ring, so that nobody else does. Ring before anything else.",
        "I have told them",
    ),
    (
        "Ring",
        "Read the words aloud. Leave them on no voicemail: where one may be left, "
        "it says only “please call your practice”.",
        "I have told them",
    ),
    (
        "Print and post",
        "A letter takes days: where the time is soon and there is a number, ring as well.",
        "Printed and posted",
    ),
    (
        "Nobody can ring them: find another way",
        "Each line says what is left. When they come or call, ask for a number first and keep it "
        "with their request: then they are rung, or the text goes out.",
        "I have told them",
    ),
)
NOW, RING, POST, FIND = range(len(PILES))


def messages_page(
    rows: Sequence[ToTellRow],
    contacts: Mapping[str, ContactFacts],
    *,
    by: Actor,
    now: datetime,
) -> MessagesPage:
    """What did not get through, by what is to be done, longest waiting first."""
    words = {0: "No messages to pass on", 1: "1 message did not get through"}
    piles: list[list[ToTellLine]] = [[] for _ in PILES]
    for sent in rows:
        contact = contacts.get(sent.case_ref)
        # A number that was corrected since is the one to ring; one that is not safe is none.
        row = sent if contact is None else replace(sent, phone=contact.rung_on)
        piles[_pile(row, now=now)].append(_line(row, contact, by=by, now=now))
    named = zip(PILES, piles, strict=True)
    return MessagesPage(
        heading=words.get(len(rows), f"{len(rows)} messages did not get through"),
        piles=tuple(Pile(*names, lines=tuple(lines)) for names, lines in named if lines),
    )


def _pile(row: ToTellRow, *, now: datetime) -> int:
    if _is_to_post(row):
        return POST
    if not row.phone:
        return FIND
    return NOW if _is_soon(row, now=now) else RING


def _is_to_post(row: ToTellRow) -> bool:
    """Whether a letter is ours to print; one on its way that is read too late is ours to ring."""
    return row.channel == Way.LETTER and row.trouble != Trouble.SOON


def _is_soon(row: ToTellRow, *, now: datetime) -> bool:
    """Whether no text would be read in time, be it that one was sent or not."""
    is_visit = row.kind in OF_AN_APPOINTMENT
    is_ahead = is_visit and row.needed_by is not None and row.needed_by > now
    is_late = not is_read_in_time(Way.TEXT, needed_by=row.needed_by, at=now)
    return row.trouble == Trouble.SOON or (is_ahead and is_late)


def _line(row: ToTellRow, contact: ContactFacts | None, *, by: Actor, now: datetime) -> ToTellLine:
    case = case_address(row.case_ref, by=by) if row.case_ref else ""
    is_letter = _is_to_post(row)
    return ToTellLine(
        reference=row.reference,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        must_know=must_know(contact) if contact else (),
        about=News(row.kind).label,
        why=trouble_words(row.trouble, channel=row.channel, phone=row.phone),
        phone=ring_words(row.phone, contact, email=row.email, address=row.address),
        since=_moment(row.since, now=now),
        body=row.body,
        case=case,
        told=reverse("triage:told", args=[row.reference]),
        letter=reverse("triage:letter", args=[row.reference]) if is_letter else "",
        take="" if row.taken_by else reverse("triage:take_message", args=[row.reference]),
        i_will="I will post it" if is_letter else "I am ringing" if row.phone else "I see to it",
        voicemail=_voicemail(row, contact),
        owner=_owner(row, now=now),
    )


def _owner(row: ToTellRow, *, now: datetime) -> str:
    """Who answers for the patient being told."""
    does = "posts it" if _is_to_post(row) else "rings" if row.phone else "sees to it"
    if row.taken_by and row.taken_at is not None:
        return f"{row.taken_by} {does}, since {_moment(row.taken_at, now=now)}"
    return f"Nobody {does} yet: it is with {row.practice}’s desk"


def _voicemail(row: ToTellRow, contact: ContactFacts | None) -> str:
    """Whether a recorder may be asked to ring back."""
    if not row.phone:
        return ""
    may = contact is not None and may_leave_voicemail(
        allowed=contact.voicemail_allowed, is_confidential=contact.is_confidential
    )
    return "A voicemail may be left" if may else "Leave no voicemail"


def _moment(at: datetime, *, now: datetime) -> str:
    return time_words(at) if local_day(at) == local_day(now) else clock_words(at)
