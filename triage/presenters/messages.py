"""Messages that did not get through, in words: whom to ring, and what to say."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from django.urls import reverse

from practices.presenters import date_words
from practices.presenters.messages import too_late_words, trouble_words
from practices.queries import ToTellRow
from practices.rules.fates import Trouble
from practices.rules.in_time import is_read_in_time, is_worth_posting
from practices.rules.message_words import OF_AN_APPOINTMENT, News
from practices.rules.phones import dialled
from practices.rules.reach import Actor
from practices.rules.ways import Way, may_leave_voicemail
from triage.actions.unreached import Unreached
from triage.presenters.contact import must_know, ring_words
from triage.presenters.letters import Posted, moment, posted_words
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
    dials: str
    since: str
    body: str
    case: str
    told: str
    letter: str
    take: str
    voicemail: str
    owner: str


def told_words(channel: str, state: str) -> str:
    """What was just noted."""
    is_posted = channel == Way.LETTER and state == "told"
    return "Noted: the letter is posted." if is_posted else "Noted: they have been told."


@dataclass(frozen=True, slots=True)
class Pile:
    """Messages that are passed on the same way, and what is done with each."""

    heading: str
    what_to_do: str
    i_will: str
    done: str
    lines: tuple[ToTellLine, ...]


@dataclass(frozen=True, slots=True)
class TooLate:
    """Somebody whom nobody told in time."""

    name: str
    words: str
    case: str


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """The piles, how many messages they hold, and what was posted or came too late today."""

    heading: str
    beside: str
    piles: tuple[Pile, ...]
    too_late: tuple[TooLate, ...]
    posted: tuple[Posted, ...]


PILES: tuple[tuple[str, str, str, str], ...] = (
    (
        "Ring now",
        "Say first that you ring, so that nobody else does. Ring before anything else.",
        "I am ringing",
        "I have told them",
    ),
    (
        "Ring",
        "Read the words aloud. Leave them on no voicemail: where one may be left, "
        "it says only “please call your practice”.",
        "I am ringing",
        "I have told them",
    ),
    (
        "Print and post",
        "Open the letter and print it, put it in an envelope, then say that it is posted. "
        "A letter takes days: where the time is soon and there is a number, ring as well.",
        "I will post it",
        "Printed and posted",
    ),
    (
        "Nobody can ring them: find another way",
        "Each line says what is left. When they come or call, ask for a number first. Where the "
        "line has a request, keep it there: then they are rung, or the text goes out.",
        "I see to it",
        "I have told them",
    ),
    (
        "Reminders, if there is time",
        "These patients know their appointment, and no text can remind them. "
        "Nothing is lost where nobody rings; what has passed goes by itself.",
        "I am ringing",
        "I have told them",
    ),
)
NOW, RING, POST, FIND, REMIND = range(len(PILES))


def messages_page(all_of: Unreached, *, by: Actor, now: datetime) -> MessagesPage:
    """What a person has to pass on, by what is to be done, needed soonest first."""
    found, contacts = all_of.found, all_of.contacts
    piles: list[list[ToTellLine]] = [[] for _ in PILES]
    for sent in found.now:
        contact = contacts.get(sent.case_ref)
        # A number that was corrected since is the one to ring; one that is not safe is none.
        row = sent if contact is None else replace(sent, phone=contact.rung_on)
        pile = _pile(row, now=now)
        piles[pile].append(_line(row, contact, pile=pile, by=by, now=now))
    named = zip(PILES, piles, strict=True)
    reminders = len(piles[REMIND])
    return MessagesPage(
        heading=_heading(len(found.now) - reminders, is_more=found.is_more),
        beside=_beside(reminders, is_more=found.is_more),
        piles=tuple(Pile(*names, lines=tuple(lines)) for names, lines in named if lines),
        too_late=tuple(_too_late(row, by=by) for row in found.too_late),
        posted=tuple(posted_words(row, now=now) for row in all_of.posted),
    )


def _heading(number: int, *, is_more: bool) -> str:
    words = {0: "No messages to pass on", 1: "1 message to pass on"}
    if is_more:
        return f"The {number} messages needed soonest"
    return words.get(number, f"{number} messages to pass on")


def _beside(reminders: int, *, is_more: bool) -> str:
    """What the number of the heading does not count."""
    words = {0: "", 1: "And 1 reminder, if there is time."}
    more = "There are more: they appear as these are done." if is_more else ""
    counted = words.get(reminders, f"And {reminders} reminders, if there is time.")
    return " ".join(filter(None, [counted, more]))


def _pile(row: ToTellRow, *, now: datetime) -> int:
    if is_to_post(row, now=now):
        return POST
    if not row.phone:
        return FIND
    if row.kind == News.REMINDER:
        return REMIND
    return NOW if _is_soon(row, now=now) else RING


class Letter(Protocol):
    """What decides whether a message is posted by hand."""

    @property
    def channel(self) -> str: ...
    @property
    def trouble(self) -> str: ...
    @property
    def needed_by(self) -> datetime | None: ...


def is_to_post(row: Letter, *, now: datetime) -> bool:
    """Whether a letter is ours to print; one that would be read too late is ours to ring."""
    is_letter = row.channel == Way.LETTER and row.trouble != Trouble.SOON
    return is_letter and is_worth_posting(needed_by=row.needed_by, at=now)


def _is_soon(row: ToTellRow, *, now: datetime) -> bool:
    """Whether no text would be read in time, be it that one was sent or not."""
    is_visit = row.kind in OF_AN_APPOINTMENT
    is_late = not is_read_in_time(Way.TEXT, needed_by=row.needed_by, at=now)
    return row.trouble == Trouble.SOON or (is_visit and is_late)


def _line(
    row: ToTellRow, contact: ContactFacts | None, *, pile: int, by: Actor, now: datetime
) -> ToTellLine:
    case = case_address(row.case_ref, by=by) if row.case_ref else ""
    is_letter = pile == POST
    return ToTellLine(
        reference=row.reference,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        must_know=must_know(contact) if contact else (),
        about=News(row.kind).label,
        why=_why(row, pile=pile),
        phone=ring_words(row.phone, contact, email=row.email, address=row.address),
        dials="" if pile == FIND else dialled(row.phone),
        since=moment(row.since, now=now),
        body=row.body,
        case=case,
        told=reverse("triage:told", args=[row.reference]),
        letter=reverse("triage:letter", args=[row.reference]) if is_letter else "",
        take="" if row.taken_by else reverse("triage:take_message", args=[row.reference]),
        voicemail=_voicemail(row, contact),
        owner=_owner(row, pile=pile, now=now),
    )


def _too_late(row: ToTellRow, *, by: Actor) -> TooLate:
    return TooLate(
        name=name_words(row.family_name, row.given_name),
        words=f"born {date_words(row.born_on)}. {News(row.kind).label}: {too_late_words(row.kind)}",
        case=case_address(row.case_ref, by=by) if row.case_ref else "",
    )


def _why(row: ToTellRow, *, pile: int) -> str:
    if row.channel == Way.LETTER and pile != POST:
        do = "ring the patient" if row.phone else "find another way to tell the patient"
        return f"A letter would be read too late: {do}"
    return trouble_words(row.trouble, channel=row.channel, phone=row.phone)


DOES = {POST: "posts it", FIND: "sees to it"}


def _owner(row: ToTellRow, *, pile: int, now: datetime) -> str:
    """Who answers for the patient being told."""
    does = DOES.get(pile, "rings")
    if row.taken_by and row.taken_at is not None:
        return f"{row.taken_by} {does}, since {moment(row.taken_at, now=now)}"
    return f"Nobody {does} yet: it is with {row.practice}’s desk"


def _voicemail(row: ToTellRow, contact: ContactFacts | None) -> str:
    """Whether a recorder may be asked to ring back."""
    if not row.phone:
        return ""
    may = contact is not None and may_leave_voicemail(
        allowed=contact.voicemail_allowed, is_confidential=contact.is_confidential
    )
    return "A voicemail may be left" if may else "Leave no voicemail"
