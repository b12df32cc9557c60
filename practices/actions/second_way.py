"""A text that failed for good goes by email, once, to a patient who agreed to that."""

from datetime import datetime

from practices import audit
from practices.models import Message
from practices.outbox import later
from practices.queries.messages import instead_of
from practices.rules.reach import Actor
from practices.rules.ways import Way


def send_instead(message: Message, *, by: Actor, at: datetime) -> bool:
    """The same words are queued as an email; False where none may go. The message is locked.

    The address is the one that was good when the text was queued, and still is the record's.
    """
    if message.channel != Way.TEXT or not message.email:
        return False
    if message.needed_by is not None and message.needed_by <= at:
        # The carrier tries a phone that is off for three days: by then it is no news.
        return False
    if message.email != message.patient.email:
        return False
    window = instead_of(message.reference)
    if Message.objects.filter(window=window).exists():
        return True
    email = Message.objects.create(
        patient_id=message.patient_id,
        practice_id=message.practice_id,
        case_ref=message.case_ref,
        appointment=message.appointment,
        kind=message.kind,
        channel=Way.EMAIL,
        send_to=message.send_to,
        email=message.email,
        is_large_print=message.is_large_print,
        body=message.body,
        window=window,
        needed_by=message.needed_by,
        news_until=message.news_until,
        queued_at=at,
    )
    later("practices.tasks.deliver_message", at=at, message_id=email.pk)
    reference = str(message.reference)
    audit.write("message.by_email", entity="message", entity_id=reference, by=by, at=at)
    return True
