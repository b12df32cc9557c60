"""Handing a queued message to the post, once."""

from datetime import datetime

from practices.models import Message
from practices.post import PostOffice
from practices.rules.reach import Actor


def deliver(*, message_id: int, post: PostOffice, by: Actor, at: datetime) -> bool:
    """The message is sent and says so; one that is sent or superseded is left alone."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state != Message.State.QUEUED:
        return False
    post.send(reference=str(message.reference), to=message.send_to, body=message.body)
    message.state, message.sent_at = Message.State.SENT, at
    message.save(update_fields=["state", "sent_at"])
    return True
