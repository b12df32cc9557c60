"""Trying to reach a patient: how often, how far apart, and when trying may end.

Domain section 4, failed contact: at least three attempts, 15 minutes apart, on two channels;
P0 and P1 are tried again at once, and a clinician then decides about a welfare check.

After the first attempt in vain we write to the patient, where they may be written to. A message of
ours that was delivered counts as the second channel, because it reached their phone or mailbox; it
is no attempt, because nobody waited for an answer. One that was not delivered counts as nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.rules.code import Code
from practices.rules.refusals import Refused
from triage.rules.codes import Urgency

ENOUGH = 3
APART = timedelta(minutes=15)
CHANNELS = 2
SHORTEST_NUMBER = 6
LONGEST_NUMBER = 20


class TriedBy(Code):
    """How somebody tried. A voicemail says nothing clinical, so it counts as not answered."""

    PHONE = "phone", "Phone"
    OTHER_PHONE = "phone_2", "Another phone number"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    CARER = "carer", "A relative or carer"
    VIDEO = "video", "Video"
    IN_PERSON = "in_person", "Face to face"
    ONLINE = "online", "Online message"


# These can be answered by a machine.
RUNG: frozenset[TriedBy] = frozenset({TriedBy.PHONE, TriedBy.OTHER_PHONE, TriedBy.CARER})
# Who was written to by hand has the message that ours would be.
BY_HAND: frozenset[TriedBy] = frozenset({TriedBy.TEXT, TriedBy.EMAIL, TriedBy.ONLINE})
# The ways somebody tries from a distance, in the order of the list.
TRIED = (TriedBy.PHONE, TriedBy.OTHER_PHONE, TriedBy.TEXT, TriedBy.EMAIL, TriedBy.CARER)


class Met(Code):
    """Who was met by it. Only the patient, or who speaks for them, is the patient reached."""

    PATIENT = "patient", "The patient answered"
    CARER = "carer", "A relative or carer answered"
    OTHER = "other", "Somebody else answered"
    VOICEMAIL = "voicemail", "Voicemail left, nothing clinical said"
    NOBODY = "nobody", "No answer"


REACHED: frozenset[Met] = frozenset({Met.PATIENT, Met.CARER})


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody spoke with the patient, or with who speaks for them."""

    met: Met
    channel: TriedBy


# What a clinician says in the press that ends a case, commonest first.
SPOKE: dict[Contact, str] = {
    Contact(Met.PATIENT, TriedBy.PHONE): "the patient, by phone",
    Contact(Met.CARER, TriedBy.PHONE): "a relative or carer, by phone",
    Contact(Met.PATIENT, TriedBy.VIDEO): "the patient, by video",
    Contact(Met.PATIENT, TriedBy.IN_PERSON): "the patient, face to face",
    Contact(Met.CARER, TriedBy.IN_PERSON): "a relative or carer, face to face",
    Contact(Met.PATIENT, TriedBy.ONLINE): "the patient, by online message",
}


def check_reached(contact: Contact | None) -> Contact:
    """It says with whom somebody spoke, and how, or a refusal asks for it."""
    if contact is None or contact.met not in REACHED:
        raise Refused(
            "No clinician has spoken with the patient yet. Choose whom you spoke with, and how",
            code="contact",
            field="outcome",
        )
    return contact


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt."""

    at: datetime
    channel: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message of ours that arrived after an attempt, and the way it went."""

    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Trying:
    """How far trying has come since the patient was last reached."""

    number: int
    channels: int
    next_from: datetime | None

    @property
    def is_enough(self) -> bool:
        """Whether a clinician may now end the case as "could not be reached"."""
        return self.number >= ENOUGH and self.channels >= CHANNELS


def check_has_number(channel: str, met: Met, *, phone: str) -> None:
    """Nobody rang or texted in vain a number that there is not, or a refusal says so."""
    if phone or met in REACHED or channel not in {TriedBy.PHONE, TriedBy.TEXT}:
        return
    raise Refused(
        "This case has no phone number to ring or to text. Choose another way",
        code="no_number",
        field="channel",
    )


def check_may_leave_voicemail(met: Met, *, is_allowed: bool) -> None:
    """Nobody leaves a voicemail where somebody else might hear it."""
    if met is Met.VOICEMAIL and not is_allowed:
        raise Refused(
            "No voicemail may be left for this patient. Choose no answer; if one was left, write"
            " that in the note when you close the case",
            code="no_voicemail",
            field="met",
        )


def check_is_whole(number: str) -> None:
    """A number that is not the case's own is said whole, or not at all."""
    if number and sum(letter.isdecimal() for letter in number) < SHORTEST_NUMBER:
        raise Refused(
            "Enter the whole number you rang, or leave it empty", code="number", field="number"
        )


def number_rung(channel: str, number: str, *, phone: str) -> str:
    """How the number ends: the one that was said, else the case's where its own was used."""
    uses_own = channel in {TriedBy.PHONE, TriedBy.TEXT}
    digits = [letter for letter in number or (phone if uses_own else "") if letter.isdecimal()]
    return "".join(digits[-3:])


def run_of(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """The attempts in vain since the last answer, oldest first."""
    run: tuple[Tried, ...] = ()
    for attempt in sorted(tried, key=lambda attempt: attempt.at):
        run = () if attempt.answered else (*run, attempt)
    return run


def is_to_write(tried: Sequence[Tried], urgency: Urgency, *, at: datetime) -> bool:
    """Whether the patient reads now that we tried, and that we will again: both must be true."""
    run = run_of(tried)
    if not run or trying(tried, urgency).number >= ENOUGH:
        return False
    # What is entered from paper hours later is no news.
    is_fresh = at - run[-1].at < APART
    return is_fresh and not any(attempt.channel in BY_HAND for attempt in run)


def trying(tried: Sequence[Tried], urgency: Urgency, delivered: Sequence[Delivered] = ()) -> Trying:
    """The attempts that count: not answered, since the last answer, far enough apart.

    What was delivered since the first of them is one more channel, and no attempt.
    """
    apart = timedelta(0) if urgency.rank <= 1 else APART
    number, last, run = 0, None, run_of(tried)
    for attempt in run:
        if last is None or attempt.at - last >= apart:
            number, last = number + 1, attempt.at
    channels = {attempt.channel for attempt in run}
    channels |= {one.channel for one in delivered if run and one.at >= run[0].at}
    next_from = last + apart if last is not None and apart else None
    return Trying(number=number, channels=len(channels), next_from=next_from)


def check_may_give_up(
    tried: Sequence[Tried], urgency: Urgency, delivered: Sequence[Delivered] = ()
) -> None:
    """Trying was enough, or a refusal says what is still to do."""
    so_far = trying(tried, urgency, delivered)
    if so_far.is_enough:
        return
    missing = ENOUGH - so_far.number
    if missing > 0:
        gap = "" if urgency.rank <= 1 else ", at least 15 minutes apart"
        words = f"Try {missing} more time{'s' if missing > 1 else ''}{gap}, before closing this"
    else:
        words = "Try another way as well, such as a text or another number, before closing this"
    raise Refused(words, code="attempts", field="outcome")


def may_give_up(
    tried: Sequence[Tried], urgency: Urgency, delivered: Sequence[Delivered] = ()
) -> bool:
    """Whether the case may end as "could not be reached"."""
    return trying(tried, urgency, delivered).is_enough
