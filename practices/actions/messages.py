"""Telling patients: plain words in their own format, queued with the change itself."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Unpack
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from practices import audit
from practices.clock import local_day
from practices.models import Message, Patient
from practices.outbox import later
from practices.queries.messages import address_lines, said_of_same_appointment
from practices.rules.access import AccessNeed
from practices.rules.fates import Trouble
from practices.rules.in_time import is_read_in_time, is_worth_posting, news_until
from practices.rules.message_words import OF_TODAY, SAID_ALOUD, Facts, News, words_of
from practices.rules.person_names import age_on
from practices.rules.phones import can_text
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from practices.rules.ways import WRITTEN, Contact, Manner, Way, is_young, manner_of

# Notify posts to no fewer: a name, an address, a postcode.
LINES_OF_AN_ENVELOPE = 3


def tell(
    kind: str,
    *,
    patient: Patient,
    case: str,
    phone: str,
    by: Actor,
    at: datetime,
    may_text: bool = True,
    is_confidential: bool = False,
    is_on_the_line: bool = False,
    needs: Collection[str] = (),
    window: str | None = None,
    appointment: UUID | None = None,
    not_before: datetime | None = None,
    **facts: Unpack[Facts],
) -> Message:
    """The words are queued as a text or an email, or wait for a person where neither may go.

    `phone` is the only number used. What waits to be said of the same appointment, the case's or
    the one named, is superseded; news with a window is told once. None leaves before `not_before`.
    Who must know by `known_by` and may read it too late is rung as well.
    """
    if window and (told := Message.objects.filter(window=window).first()):
        return told
    news, known = News(kind), known_of(patient, phone, needs, at=at)
    manner = _manner(news, replace(known, safe_to_text=may_text, is_confidential=is_confidential))
    if manner.way in WRITTEN:
        facts["net"] = ""  # A clinician's own words are in no text or email (threat T27).
    else:
        facts["link"] = ""  # Nobody types it off a letter, or reads it aloud.
    message = _worded(news, manner, patient=patient, case=case, at=at, **facts)
    message.appointment, message.window = None if case else appointment, window
    message.send_to, message.email = phone, patient.email if known.takes_email else ""
    is_said = is_on_the_line and _is_enough_said(news, manner, message.news_until, at=at)
    is_said = is_said or facts.get("is_heard", False)
    known_by = facts.get("known_by")
    if manner.way is Way.LETTER and not is_on_the_line:
        known_by = message.needed_by or facts.get("due_at")
    return _set_out(message, is_said=is_said, known_by=known_by, at=at, due_at=not_before)


def _manner(news: News, known: Contact) -> Manner:
    """The way and the form; by voice what a letter would bring days after it was true."""
    manner = manner_of(known)
    is_late = news in OF_TODAY and manner.way is Way.LETTER
    return replace(manner, way=Way.VOICE) if is_late else manner


def _worded(
    news: News,
    manner: Manner,
    *,
    patient: Patient,
    case: str,
    at: datetime,
    **facts: Unpack[Facts],
) -> Message:
    """The message in the patient's format, not kept yet."""
    return Message(
        patient=patient,
        practice_id=patient.practice_id,
        case_ref=case,
        kind=news,
        channel=manner.way,
        trouble=manner.trouble,
        is_large_print=manner.is_large_print,
        body=words_of(news, case=case, at=at, is_easy_read=manner.is_easy_read, **facts),
        needed_by=_needed_by(news, **facts),
        news_until=news_until(news, starts_at=facts.get("starts_at"), due_at=facts.get("due_at")),
        queued_at=at,
    )


def _needed_by(news: News, **facts: Unpack[Facts]) -> datetime | None:
    """When it is too late to know it: that they will hear from us, once they should have heard."""
    promised = facts.get("due_at") if news is News.RECEIVED else None
    return facts.get("known_by") or facts.get("starts_at") or promised


def known_of(patient: Patient, phone: str, needs: Collection[str], *, at: datetime) -> Contact:
    """What the record says of how the patient is reached, with this number."""
    return Contact(
        age=age_on(patient.born_on, local_day(at)),
        phone=phone,
        is_mobile=can_text(phone, training=settings.TRAINING),
        email=patient.email,
        has_address=bool(patient.address),
        needs=frozenset(AccessNeed(need) for need in (*patient.access_needs, *needs)),
    )


def _is_enough_said(news: News, manner: Manner, until: datetime | None, *, at: datetime) -> bool:
    """Whether hearing it is enough.

    Who needs large print cannot keep what was only said, unless no letter would be there in time.
    """
    may_keep = manner.is_large_print and is_worth_posting(needed_by=until, at=at)
    return news in SAID_ALOUD and not may_keep


def _set_out(
    message: Message,
    *,
    is_said: bool,
    known_by: datetime | None,
    at: datetime,
    due_at: datetime | None,
) -> Message:
    """What is carried is promised to go out; anything else waits for a person."""
    way = Way(message.channel)
    _supersede(message)
    if way not in WRITTEN:
        message.email = ""
    if not _is_carried(message):
        message.state = Message.State.STAFF_TELL
        # Who knows the appointment and cannot be rung needs nobody to look for another way.
        is_known = message.kind == News.REMINDER and not message.send_to
        message.to_tell_since = None if is_said or is_known else at
        message.save(force_insert=True)
        return message
    if not is_read_in_time(way, needed_by=known_by, at=due_at or at):
        message.trouble, message.to_tell_since = Trouble.SOON, at
    message.save(force_insert=True)
    later("practices.tasks.deliver_message", at=at, due_at=due_at, message_id=message.pk)
    return message


def _is_carried(message: Message) -> bool:
    """Whether it leaves the house without a hand of ours."""
    if message.channel != Way.LETTER:
        return message.channel in WRITTEN
    patient = message.patient
    has_lines = len(address_lines(patient)) == LINES_OF_AN_ENVELOPE
    may_be_a_parents = is_young(age_on(patient.born_on, local_day(message.queued_at)))
    return bool(template_of(message)) and has_lines and not may_be_a_parents


def template_of(message: Message) -> str:
    """The carrier's template for a letter in this print; empty where it has none."""
    if message.is_large_print:
        return settings.NOTIFY_LARGE_PRINT_TEMPLATE
    return settings.NOTIFY_LETTER_TEMPLATE


def mark_told(*, reference: str, by: Actor, at: datetime) -> Message:
    """A person has told the patient what no text could; twice is no trouble."""
    message = Message.objects.select_for_update().filter(reference=reference).first()
    if message is None:
        raise Absent
    if message.to_tell_since is None:
        return message
    message.told_by_id, message.to_tell_since = by.user_id, None
    if message.channel == Way.LETTER and message.trouble == Trouble.SOON:
        # It goes on, as who needs it cannot keep what was only said; should it fail, whoever
        # rang does not post it.
        message.taken_by_id, message.taken_at = None, None
    else:
        message.state, message.settled_at = Message.State.TOLD, at
        is_letter = message.channel == Way.LETTER
        if is_letter and not is_worth_posting(needed_by=message.needed_by, at=at):
            # It was to be a letter: whoever settles it now has rung.
            message.channel = Way.VOICE
    message.save(
        update_fields=[
            "state",
            "channel",
            "settled_at",
            "told_by",
            "to_tell_since",
            "taken_by",
            "taken_at",
        ]
    )
    audit.write("message.told", entity="message", entity_id=reference, by=by, at=at)
    return message


def take_message(*, reference: str, by: Actor, at: datetime) -> Message:
    """It is mine to ring, or to print and to post; whoever takes it after me has it then."""
    message = Message.objects.select_for_update().filter(reference=reference).first()
    if message is None:
        raise Absent
    if message.to_tell_since is None or message.taken_by_id == by.user_id:
        return message
    message.taken_by_id, message.taken_at = by.user_id, at
    message.save(update_fields=["taken_by", "taken_at"])
    audit.write("message.taken", entity="message", entity_id=reference, by=by, at=at)
    return message


def _supersede(message: Message) -> None:
    """What still waits to be said of the same appointment is not said any more.

    Settled is then only what was taken back: what had failed is as unsaid as what never left.
    """
    waiting = Q(state=Message.State.QUEUED) | Q(to_tell_since__isnull=False)
    earlier = said_of_same_appointment(message).filter(waiting)
    earlier.update(state=Message.State.SUPERSEDED, to_tell_since=None, settled_at=None)
