"""By which number a patient is reached, and what still waits to be said once it is another."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from practices import audit
from practices.actions.messages import known_of
from practices.models import Message, Patient
from practices.outbox import later
from practices.rules.in_time import is_read_in_time
from practices.rules.message_words import News
from practices.rules.reach import Actor
from practices.rules.ways import WRITTEN, Manner, Way, manner_of


@dataclass(frozen=True, slots=True)
class Reached:
    """How the patient of a case is reached from now on."""

    phone: str
    may_text: bool
    is_confidential: bool
    needs: Collection[str]


def reach_anew(*, patient: Patient, case: str, reached: Reached, by: Actor, at: datetime) -> None:
    """What has not left goes to the new number, or waits for a person who rings it.

    What left already, or failed, stays as it was sent; whoever is telling the patient goes on.
    """
    manner = _manner(patient, reached, at=at)
    waiting = Q(state=Message.State.QUEUED) | Q(
        state=Message.State.STAFF_TELL, to_tell_since__isnull=False, taken_at__isnull=True
    )
    found = Message.objects.select_for_update().filter(waiting, case_ref=case)
    for message in found.order_by("id"):
        if message.state == Message.State.QUEUED:
            _redirect(message, manner, reached.phone, at=at)
        else:
            _wait_anew(message, manner, reached.phone, at=at)
        message.save()
        reference = str(message.reference)
        audit.write("message.new_number", entity="message", entity_id=reference, by=by, at=at)


def may_write(*, patient: Patient, reached: Reached, at: datetime) -> bool:
    """Whether news may go to the patient within minutes, without a hand of ours."""
    return _manner(patient, reached, at=at).way in WRITTEN


def _manner(patient: Patient, reached: Reached, *, at: datetime) -> Manner:
    known = known_of(patient, reached.phone, reached.needs, at=at)
    return manner_of(
        replace(known, safe_to_text=reached.may_text, is_confidential=reached.is_confidential)
    )


def _redirect(message: Message, manner: Manner, phone: str, *, at: datetime) -> None:
    """A text goes to the new number; where none may go there, a person rings it."""
    message.send_to = phone
    if message.channel != Way.TEXT or manner.way is Way.TEXT:
        return
    message.state, message.channel = Message.State.STAFF_TELL, Way.VOICE
    message.trouble, message.email = manner.trouble, ""
    message.to_tell_since = message.to_tell_since or at


def _wait_anew(message: Message, manner: Manner, phone: str, *, at: datetime) -> None:
    """What waited for want of a number leaves as a text if it may and is read in time."""
    message.send_to = phone
    is_in_time = is_read_in_time(Way.TEXT, needed_by=message.needed_by, at=at)
    # What ends a request may hold a clinician's own words, and those go in no text (T27).
    if manner.way is Way.TEXT and is_in_time and message.kind != News.CLOSED:
        message.state, message.channel = Message.State.QUEUED, Way.TEXT
        message.trouble, message.to_tell_since = "", None
        later("practices.tasks.deliver_message", at=at, message_id=message.pk)
    elif message.channel != Way.LETTER or not manner.is_large_print:
        message.channel, message.trouble = Way.VOICE, manner.trouble
