"""Handing a queued message to the post, once; and hearing what became of it.

The carrier's yes and our mark cannot be one step. So the message says that it is being sent
before anybody is asked to carry it, and whoever finds it saying so asks the carrier first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from practices import audit
from practices.actions.second_way import send_instead
from practices.models import Message
from practices.post import Declined, NotNow, PostOffice, Unclear
from practices.queries.messages import address_lines, is_overtaken
from practices.rules.fates import SETTLED, TROUBLE, Fate, Trouble
from practices.rules.in_time import is_read_in_time
from practices.rules.message_forms import SUBJECT, email_text, letter_text
from practices.rules.message_words import ONLY_WRITTEN, TO_COME
from practices.rules.reach import Actor
from practices.rules.ways import Way

# After so long a person rings: by then the patient has waited for our word long enough.
GIVE_UP = timedelta(minutes=30)
# An older one may have gone out before a backup was restored: the carrier knows.
FRESH = timedelta(minutes=1)
State = Message.State


class InOtherHands(Exception):  # noqa: N818 - a state of the message, not a fault
    """Somebody else is sending the message now."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A message to send; with `asks_first` the carrier may have it already."""

    message_id: int
    asks_first: bool


def take_up(*, message_id: int, by: Actor, at: datetime) -> Errand | None:
    """The message says that it is being sent; None when there is nothing to send."""
    message = _locked(message_id)
    if message is None or message.state not in (State.QUEUED, State.SENDING):
        return None
    is_fresh = message.state == State.QUEUED and at - message.queued_at <= FRESH
    message.state, message.tried_at = State.SENDING, message.tried_at or at
    message.save(update_fields=["state", "tried_at"])
    return Errand(message_id=message.pk, asks_first=not is_fresh)


def deliver(*, errand: Errand, post: PostOffice, by: Actor, at: datetime) -> None:
    """The carrier has the message and ours says so, or a person has to tell the patient.

    While it is only a matter of time, `NotNow` or `Unclear` leaves it for the next try.
    """
    message = _locked(errand.message_id)
    if message is None or message.state != State.SENDING:
        return
    reference = str(message.reference)
    try:
        fate = post.fate_of(reference=reference) if errand.asks_first else None
        if fate is None:
            if _stays(message, by=by, at=at):
                return
            _hand_over(message, post)
    except Declined:
        _fail(message, Trouble.DECLINED, by=by, at=at)
    except (NotNow, Unclear):
        if message.tried_at is None or at < message.tried_at + GIVE_UP:
            raise
        _fail(message, Trouble.UNCLEAR, by=by, at=at)
    else:
        message.state, message.sent_at, message.settled_at = State.SENT, at, None
        message.save(update_fields=["state", "sent_at", "settled_at"])
        _settle(message, fate or Fate.CARRIED, by=by, at=at)


def _stays(message: Message, *, by: Actor, at: datetime) -> bool:
    """Whether it does not leave: it was called back, or is old news; who says it then is on it."""
    if message.settled_at is not None and message.to_tell_since is not None:
        message.state, message.channel, message.settled_at = State.STAFF_TELL, Way.VOICE, None
    elif message.settled_at is not None or is_overtaken(message):
        message.state = State.SUPERSEDED
    elif is_too_late(message, at=at):
        _fail(message, Trouble.PASSED, by=by, at=at)
        return True
    else:
        return False
    message.save(update_fields=["state", "channel", "settled_at"])
    return True


def is_too_late(message: Message, *, at: datetime) -> bool:
    """Whether it would send somebody to a time that has passed; a cancelled one may be read."""
    until = message.news_until
    return message.kind in TO_COME and until is not None and until <= at


def _hand_over(message: Message, post: PostOffice) -> None:
    """The carrier takes it by the way it goes."""
    reference, practice = str(message.reference), message.practice.organisation.name
    if message.channel == Way.LETTER:
        text = letter_text(message.body, practice=practice)
        to, is_large = address_lines(message.patient), message.is_large_print
        post.send_letter(reference=reference, to=to, body=text, is_large_print=is_large)
        return
    if message.channel == Way.EMAIL:
        text = email_text(message.body, practice=practice)
        post.send_email(reference=reference, to=message.email, subject=SUBJECT, body=text)
        return
    post.send(reference=reference, to=message.send_to, body=message.body)


def settle(*, fates: Mapping[str, Fate], by: Actor, at: datetime) -> int:
    """Each message the carrier is done with says how it ended; how many were."""
    found = Message.objects.select_for_update(skip_locked=True).filter(
        reference__in=list(fates), state__in=[State.SENT, State.FAILED]
    )
    ours = list(found.order_by("id"))
    for message in ours:
        _settle(message, fates[str(message.reference)], by=by, at=at)
    return len(ours)


def _locked(message_id: int) -> Message | None:
    """The message, ours alone until the commit; another's is not waited for."""
    rows = Message.objects.filter(pk=message_id)
    message = rows.select_for_update(skip_locked=True).first()
    if message is None and rows.exists():
        raise InOtherHands
    return message


def _settle(message: Message, fate: Fate, *, by: Actor, at: datetime) -> None:
    if fate not in SETTLED:
        return
    if fate in TROUBLE:
        _fail(message, TROUBLE[fate], by=by, at=at)
        return
    message.state, message.settled_at = State.DELIVERED, at
    # It has arrived and may be read too late: that somebody rings stands.
    if message.trouble != Trouble.SOON:
        message.trouble, message.to_tell_since = "", None
    message.save(update_fields=["state", "settled_at", "trouble", "to_tell_since"])


def _fail(message: Message, trouble: Trouble, *, by: Actor, at: datetime) -> None:
    """The message did not get through: a person has to tell the patient, unless it is old news.

    A text goes by email instead where the patient agreed to that: in time, this is enough.
    """
    is_unsaid = message.settled_at is not None and message.to_tell_since is None
    is_done_with = is_unsaid or message.kind in ONLY_WRITTEN or is_overtaken(message)
    if not is_done_with and trouble is not Trouble.UNCLEAR and send_instead(message, by=by, at=at):
        is_done_with = is_read_in_time(Way.EMAIL, needed_by=message.needed_by, at=at)
    message.state, message.settled_at, message.trouble = State.FAILED, at, trouble
    message.to_tell_since = None if is_done_with else (message.to_tell_since or at)
    message.save(update_fields=["state", "settled_at", "trouble", "to_tell_since"])
    audit.write(
        "message.failed",
        entity="message",
        entity_id=message.reference,
        by=by,
        at=at,
        trouble=trouble,
    )
