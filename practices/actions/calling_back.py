"""What waits to be said is not said any more, or only by a person."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from practices import audit
from practices.models import Message
from practices.rules.fates import Trouble
from practices.rules.message_words import News
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict
from practices.rules.ways import Way

# It waits for its time, or the carrier could not take it and is tried again.
NOT_SENT = Q(state__in=(Message.State.QUEUED, Message.State.SENDING))


def take_back(
    kind: str,
    *,
    case: str,
    appointment: UUID | None = None,
    since: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """What was to be said of the case, or of the appointment planned ahead, is not said.

    What has left already is never taken back.
    """
    about = Q(case_ref=case) if case else Q(case_ref="", appointment=appointment)
    found = Message.objects.select_for_update().filter(about, kind=News(kind), queued_at__gte=since)
    for message in found.order_by("id"):
        if message.state not in (Message.State.QUEUED, Message.State.STAFF_TELL):
            raise Conflict("The patient has been sent a message about this, so it stands.")
        if message.taken_at is not None:
            raise Conflict("Somebody is telling the patient this already, so it stands.")
        message.state, message.to_tell_since = Message.State.SUPERSEDED, None
        message.settled_at = at
        message.save(update_fields=["state", "to_tell_since", "settled_at"])
        reference = str(message.reference)
        audit.write("message.taken_back", entity="message", entity_id=reference, by=by, at=at)


def _call_back(message: Message, becomes: str, *, at: datetime) -> None:
    """It does not leave any more. One the carrier may have already is asked for (`deliver`)."""
    if message.state == Message.State.SENDING:
        message.settled_at = at
    else:
        message.state = becomes


def leave_unsaid(*kinds: str, case: str, nor_told: bool = False, by: Actor, at: datetime) -> None:
    """What has not left yet is not said any more; what was sent stays said.

    `nor_told`: nor does anybody tell it who has not begun to.
    """
    waits = NOT_SENT
    if nor_told:
        waits |= Q(to_tell_since__isnull=False, taken_at__isnull=True)
    found = Message.objects.select_for_update(skip_locked=True).filter(
        waits, case_ref=case, kind__in=[News(kind) for kind in kinds]
    )
    for message in found.order_by("id"):
        message.to_tell_since = None
        _call_back(message, Message.State.SUPERSEDED, at=at)
        message.save(update_fields=["state", "settled_at", "to_tell_since"])
        reference = str(message.reference)
        audit.write("message.left_unsaid", entity="message", entity_id=reference, by=by, at=at)


def only_by_voice(*, case: str, phone: str, by: Actor, at: datetime) -> None:
    """What still waits to leave about the case is spoken by a person, to this number alone."""
    arrived = Q(state__in=(Message.State.DELIVERED, Message.State.TOLD))
    # Should the text fail, or fail for good, the same words go to no address either.
    Message.objects.filter(~arrived, case_ref=case, channel=Way.TEXT).update(email="")
    waiting = NOT_SENT | Q(to_tell_since__isnull=False, taken_at__isnull=True)
    found = Message.objects.select_for_update().filter(waiting, case_ref=case)
    for message in found.order_by("id"):
        _call_back(message, Message.State.STAFF_TELL, at=at)
        if message.state == Message.State.STAFF_TELL:
            message.channel = Way.VOICE
        message.send_to, message.email = phone, ""
        message.trouble = "" if phone else Trouble.NO_PHONE.value
        message.to_tell_since = message.to_tell_since or at
        message.save()
        reference = str(message.reference)
        audit.write("message.by_voice", entity="message", entity_id=reference, by=by, at=at)
