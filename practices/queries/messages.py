"""Who: what patients were told, and what did not get through."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from practices.models import Message, Patient
from practices.rules.message_words import OF_AN_APPOINTMENT, SAYS_MORE, News, spoken_words
from practices.rules.ways import Way

# A carrier tries a phone that is off for three days, then says so.
STILL_TRIED = timedelta(hours=75)
# A letter is printed and posted in a few working days; Christmas may lie between.
STILL_PRINTED = timedelta(days=10)
MOST = 5000
# The carrier's clock may be behind ours.
CLOCKS_DIFFER = timedelta(minutes=5)
# As many as a desk can ring in a morning; the oldest first.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of a case: what it says, where it goes, and whether it arrived."""

    kind: str
    channel: str
    send_to: str
    email: str
    body: str
    state: str
    is_to_tell: bool
    trouble: str
    queued_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    tried_at: datetime | None
    told_by: str
    goes_by_email: bool = False


@dataclass(frozen=True, slots=True)
class ToTellRow:
    """A message that did not get through: whom to ring, and what to say."""

    reference: str
    case_ref: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    phone: str
    kind: str
    channel: str
    body: str
    trouble: str
    since: datetime
    practice: str
    taken_by: str
    taken_at: datetime | None
    needed_by: datetime | None
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A message to print: to whom, from whom, and the words."""

    patient_id: int
    to: tuple[str, ...]
    practice: str
    body: str


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Messages the carrier has not settled yet, and since when the oldest waits."""

    references: frozenset[str]
    since: datetime


def messages_of_case(case_ref: str) -> list[MessageRow]:
    """The case's messages in reach, newest first. One statement."""
    rows = Message.objects.filter(case_ref=case_ref).select_related("told_by").order_by("-id")
    found = list(rows)
    windows = {row.window for row in found}
    return [
        MessageRow(
            kind=row.kind,
            channel=row.channel,
            send_to=row.send_to,
            email=row.email,
            body=row.body if row.to_tell_since is None else spoken_words(row.body),
            state=row.state,
            is_to_tell=row.to_tell_since is not None,
            trouble=row.trouble,
            queued_at=row.queued_at,
            sent_at=row.sent_at,
            settled_at=row.settled_at,
            tried_at=row.tried_at,
            told_by=row.told_by.name if row.told_by else "",
            goes_by_email=instead_of(row.reference) in windows,
        )
        for row in found
    ]


def instead_of(reference: uuid.UUID) -> str:
    """The window of the email that takes the place of this text."""
    return f"instead:{reference}"


def messages_to_tell() -> list[ToTellRow]:
    """What did not get through in reach, longest waiting first. One statement."""
    found = Message.objects.filter(to_tell_since__isnull=False).select_related(
        "patient", "practice__organisation", "taken_by"
    )
    return [
        ToTellRow(
            reference=str(row.reference),
            case_ref=row.case_ref,
            patient_id=row.patient_id,
            family_name=row.patient.family_name,
            given_name=row.patient.given_name,
            born_on=row.patient.born_on,
            # A case has its own number: the record's may ring where nobody may know of it.
            phone=row.send_to if row.case_ref else row.send_to or row.patient.phone,
            kind=row.kind,
            channel=row.channel,
            body=spoken_words(row.body),
            trouble=row.trouble,
            since=row.to_tell_since,
            practice=row.practice.organisation.name,
            taken_by=row.taken_by.name if row.taken_by else "",
            taken_at=row.taken_at,
            needed_by=row.needed_by,
            email=row.patient.email,
            address=", ".join(filter(None, (row.patient.address, row.patient.postcode))),
        )
        for row in found.order_by("to_tell_since", "id")[:SHOWN]
        if row.to_tell_since is not None
    ]


def address_lines(patient: Patient) -> tuple[str, ...]:
    """The lines of an envelope that are known: name, first line of address, postcode."""
    name = f"{patient.given_name} {patient.family_name}"
    return tuple(filter(None, (name, patient.address, patient.postcode)))


def letter_of(reference: str) -> LetterRow | None:
    """The message in reach that goes as a letter; None when absent. One statement.

    What is only spoken, as nobody at home may read it, has none.
    """
    found = Message.objects.select_related("patient", "practice__organisation")
    row = found.filter(reference=reference, channel=Way.LETTER).first()
    if row is None:
        return None
    return LetterRow(
        patient_id=row.patient_id,
        to=address_lines(row.patient),
        practice=row.practice.organisation.name,
        body=row.body,
    )


def said_of_same_appointment(message: Message) -> QuerySet[Message]:
    """What patients were told of the appointment this news is of; of other news, nothing.

    A case has one appointment. Those planned ahead have no case: each is named.
    """
    if message.kind not in OF_AN_APPOINTMENT:
        return Message.objects.none()
    found = Message.objects.filter(
        patient_id=message.patient_id, case_ref=message.case_ref, kind__in=OF_AN_APPOINTMENT
    )
    return found if message.case_ref else found.filter(appointment=message.appointment)


def is_overtaken(message: Message) -> bool:
    """Whether a newer message says something else of the same appointment.

    That we have a request need not be said to whom newer news says more: they are booked, or it
    is complete. What was taken back, or cancelled since, says nothing more.
    """
    stands = Message.objects.filter(pk__gt=message.pk).exclude(state=Message.State.SUPERSEDED)
    if message.kind != News.RECEIVED:
        return (said_of_same_appointment(message) & stands).exists()
    newer = stands.filter(case_ref=message.case_ref, kind__in=OF_AN_APPOINTMENT | SAYS_MORE)
    newest = newer.order_by("pk").last()
    return newest is not None and newest.kind in SAYS_MORE


def messages_on_the_way(*, at: datetime, letters: bool = False) -> OnTheWay | None:
    """What the carrier still has, or may have; None when it has nothing. One statement."""
    unsure = Q(state=Message.State.FAILED, trouble="unclear")
    found = Message.objects.filter(Q(state=Message.State.SENT) | unsure)
    kind = Q(channel=Way.LETTER) if letters else ~Q(channel=Way.LETTER)
    rows = list(
        found.filter(kind, queued_at__gt=at - (STILL_PRINTED if letters else STILL_TRIED))
        .order_by("-queued_at", "-id")
        .values_list("reference", "queued_at")[:MOST]
    )
    if not rows:
        return None
    return OnTheWay(
        references=frozenset(str(reference) for reference, _ in rows),
        since=rows[-1][1] - CLOCKS_DIFFER,
    )
