"""Who: what patients were told, and what did not get through."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from practices.models import Message, Patient
from practices.rules.message_forms import spoken_words
from practices.rules.message_words import OF_AN_APPOINTMENT, PROMISES, SAYS_MORE
from practices.rules.ways import Way

# A carrier tries a phone that is off for three days, then says so.
STILL_TRIED = timedelta(hours=75)
# A letter is printed and posted in a few working days; Christmas may lie between.
STILL_PRINTED = timedelta(days=10)
MOST = 5000
MOST_POSTED = 50
# The carrier's clock may be behind ours.
CLOCKS_DIFFER = timedelta(minutes=5)


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
    news_until: datetime | None
    is_overtaken: bool = False
    goes_by_email: bool = False


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A message to print: to whom, from whom, the words, and who has posted it."""

    reference: str
    patient_id: int
    to: tuple[str, ...]
    practice: str
    body: str
    state: str
    is_to_tell: bool
    needed_by: datetime | None
    taken_by: str
    taken_at: datetime | None
    told_by: str
    settled_at: datetime | None


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
        replace(
            message_row(row),
            is_overtaken=_is_promise_overtaken(row, newer=found[:place]),
            goes_by_email=instead_of(row.reference) in windows,
        )
        for place, row in enumerate(found)
    ]


def message_row(row: Message) -> MessageRow:
    """The message by itself, whatever newer ones say."""
    return MessageRow(
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
        news_until=row.news_until,
    )


def _is_promise_overtaken(row: Message, *, newer: list[Message]) -> bool:
    """The same as `promises_overtaken`, of rows at hand, newest first."""
    if row.kind not in PROMISES:
        return False
    stands = (one.kind for one in newer if one.state != Message.State.SUPERSEDED)
    newest = next((kind for kind in stands if kind in OF_AN_APPOINTMENT | SAYS_MORE), None)
    return newest in SAYS_MORE


def instead_of(reference: uuid.UUID) -> str:
    """The window of the email that takes the place of this text."""
    return f"instead:{reference}"


def address_lines(patient: Patient) -> tuple[str, ...]:
    """The lines of an envelope that are known: name, first line of address, postcode."""
    name = f"{patient.given_name} {patient.family_name}"
    return tuple(filter(None, (name, patient.address, patient.postcode)))


def letter_of(reference: str) -> LetterRow | None:
    """The message in reach that goes as a letter; None when absent. One statement.

    What is only spoken, as nobody at home may read it, has none.
    """
    row = _letters().filter(reference=reference).first()
    return _letter(row) if row else None


def letters_posted(*, since: datetime) -> list[LetterRow]:
    """The letters in reach that somebody of ours has posted since, newest first. One statement."""
    posted = _letters().filter(state=Message.State.TOLD, settled_at__gte=since)
    return [_letter(row) for row in posted.order_by("-settled_at", "-id")[:MOST_POSTED]]


def _letters() -> QuerySet[Message]:
    found = Message.objects.filter(channel=Way.LETTER)
    return found.select_related("patient", "practice__organisation", "taken_by", "told_by")


def _letter(row: Message) -> LetterRow:
    return LetterRow(
        reference=str(row.reference),
        patient_id=row.patient_id,
        to=address_lines(row.patient),
        practice=row.practice.organisation.name,
        body=row.body,
        state=row.state,
        is_to_tell=row.to_tell_since is not None,
        needed_by=row.needed_by,
        taken_by=row.taken_by.name if row.taken_by else "",
        taken_at=row.taken_at,
        told_by=row.told_by.name if row.told_by else "",
        settled_at=row.settled_at,
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
    """Whether a newer message says something else of the same appointment, or more."""
    if message.kind in PROMISES:
        return promises_overtaken(Message.objects.filter(pk=message.pk)).exists()
    stands = Message.objects.filter(pk__gt=message.pk).exclude(state=Message.State.SUPERSEDED)
    return (said_of_same_appointment(message) & stands).exists()


def promises_overtaken(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Those that only say that we will be in touch, to whom newer news says more.

    They are booked, or it is complete. What was taken back, or cancelled since, says nothing more.
    """
    newer = Message.objects.filter(
        case_ref=OuterRef("case_ref"),
        pk__gt=OuterRef("pk"),
        kind__in=OF_AN_APPOINTMENT | SAYS_MORE,
    ).exclude(state=Message.State.SUPERSEDED)
    newest = Subquery(newer.order_by("-pk").values("kind")[:1])
    return rows.filter(kind__in=PROMISES).annotate(newest=newest).filter(newest__in=SAYS_MORE)


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
