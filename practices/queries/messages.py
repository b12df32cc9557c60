"""Who: what patients were told."""

from dataclasses import dataclass
from datetime import datetime

from practices.models import Message


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of a case: what it says, where it goes, and whether it arrived."""

    kind: str
    channel: str
    send_to: str
    body: str
    state: str
    queued_at: datetime
    sent_at: datetime | None


def messages_of_case(case_ref: str) -> list[MessageRow]:
    """The case's messages in reach, newest first. One statement."""
    return [
        MessageRow(
            kind=row.kind,
            channel=row.channel,
            send_to=row.send_to,
            body=row.body,
            state=row.state,
            queued_at=row.queued_at,
            sent_at=row.sent_at,
        )
        for row in Message.objects.filter(case_ref=case_ref).order_by("-id")
    ]
