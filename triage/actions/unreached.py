"""Opening the list of messages that did not get through: whoever looks is on record."""

from datetime import datetime

from practices.actions.reading import log_seen
from practices.queries import ToTellRow, messages_to_tell
from practices.rules.reach import Actor


def open_messages(*, by: Actor, at: datetime) -> list[ToTellRow]:
    """Whom somebody of ours still has to tell, and a line that says who looked."""
    rows = messages_to_tell()
    log_seen([row.patient_id for row in rows], page="messages", by=by, at=at)
    return rows
