"""Telling patients: plain words in their own format, queued with the change itself."""

from collections.abc import Collection
from datetime import datetime
from typing import Unpack
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from practices import audit
from practices.models import Message, Patient
from practices.outbox import later
from practices.queries.messages import said_of_same_appointment
from practices.rules.access import AccessNeed
from practices.rules.fates import Trouble
from practices.rules.message_words import SAID_ALOUD, Facts, News, words_of
from practices.rules.phones import can_text
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict
from practices.rules.roles import Role


def tell(
    kind: str,
    *,
    patient: Patient,
    case: str,
    phone: str,
    by: Actor,
    at: datetime,
    may_text: bool = True,
    needs: Collection[str] = (),
    window: str | None = None,
    appointment: UUID | None = None,
    not_before: datetime | None = None,
    **facts: Unpack[Facts],
) -> Message:
    """The words are queued as a text, or wait for a person to tell them where no text may go.

    Either way `phone` is the only number that may be used for them. What waits to be said of
    the same appointment, the case's or the one named, is superseded: nobody is told two times.
    News with a window is told once, whoever tells it again. No text leaves before `not_before`.
    """
    told = Message.objects.filter(window=window).first() if window else None
    if told is not None:
        return told
    news = News(kind)
    wanted = {AccessNeed(need) for need in (*patient.access_needs, *needs)}
    message = Message(
        patient=patient,
        practice_id=patient.practice_id,
        case_ref=case,
        appointment=None if case else appointment,
        kind=news,
        body=words_of(news, case=case, at=at, is_easy_read=AccessNeed.EASY_READ in wanted, **facts),
        window=window,
        send_to=phone,
        queued_at=at,
    )
    message.channel, message.trouble = _way(phone, wanted, may_text=may_text)
    _set_out(message, by=by, at=at, due_at=not_before)
    return message


def take_back(kind: str, *, case: str, since: datetime, by: Actor, at: datetime) -> None:
    """What was to be said of the case is not said; what has left already is never taken back."""
    found = Message.objects.select_for_update().filter(
        case_ref=case, kind=News(kind), queued_at__gte=since
    )
    for message in found.order_by("id"):
        if message.state not in (Message.State.QUEUED, Message.State.STAFF_TELL):
            raise Conflict("The patient has been sent a message about this, so it stands.")
        message.state, message.to_tell_since = Message.State.SUPERSEDED, None
        message.save(update_fields=["state", "to_tell_since"])
        reference = str(message.reference)
        audit.write("message.taken_back", entity="message", entity_id=reference, by=by, at=at)


def _set_out(message: Message, *, by: Actor, at: datetime, due_at: datetime | None) -> None:
    """A text is promised to go out; what cannot be a text waits for a person."""
    _supersede(message)
    if message.channel == "text":
        message.save(force_insert=True)
        later("practices.tasks.deliver_message", at=at, due_at=due_at, message_id=message.pk)
        return
    message.state = Message.State.STAFF_TELL
    is_said = message.channel != "letter" and _is_said_aloud(News(message.kind), by)
    message.to_tell_since = None if is_said else at
    message.save(force_insert=True)


def mark_told(*, reference: str, by: Actor, at: datetime) -> Message:
    """A person has told the patient what no text could; twice is no trouble."""
    message = Message.objects.select_for_update().filter(reference=reference).first()
    if message is None:
        raise Absent
    if message.to_tell_since is None:
        return message
    message.state, message.settled_at, message.told_by_id = Message.State.TOLD, at, by.user_id
    message.to_tell_since = None
    message.save(update_fields=["state", "settled_at", "told_by", "to_tell_since"])
    audit.write("message.told", entity="message", entity_id=reference, by=by, at=at)
    return message


def _way(phone: str, needs: set[AccessNeed], *, may_text: bool) -> tuple[str, str]:
    """The channel, and what keeps a text from going out where one was wanted."""
    if not may_text or AccessNeed.NO_TEXT in needs:
        return "voice", ""
    if AccessNeed.LARGE_PRINT in needs:
        return "letter", ""
    if not phone:
        return "voice", Trouble.NO_PHONE
    if not can_text(phone, training=settings.TRAINING):
        return "voice", Trouble.NOT_MOBILE
    return "text", ""


def _is_said_aloud(news: News, by: Actor) -> bool:
    """Whether a person of ours speaks with the patient at this moment."""
    return news in SAID_ALOUD and by.user_id is not None and by.role is not Role.CLIENT


def _supersede(message: Message) -> None:
    """What still waits to be said of the same appointment is not said any more."""
    waiting = Q(state=Message.State.QUEUED) | Q(to_tell_since__isnull=False)
    earlier = said_of_same_appointment(message).filter(waiting)
    earlier.update(state=Message.State.SUPERSEDED, to_tell_since=None)
