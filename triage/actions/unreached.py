"""Opening the list of messages that did not get through: whoever looks is on record."""

from datetime import datetime

from practices.actions.reading import log_seen
from practices.queries import ToTellRow, messages_to_tell
from practices.queries.messages import LetterRow, letter_of
from practices.rules.reach import Actor
from practices.rules.refusals import Absent


def open_messages(*, by: Actor, at: datetime) -> list[ToTellRow]:
    """Whom somebody of ours still has to tell, and a line that says who looked."""
    rows = messages_to_tell()
    log_seen([row.patient_id for row in rows], page="messages", by=by, at=at)
    return rows


def open_letter(*, reference: str, by: Actor, at: datetime) -> LetterRow:
    """The message as it is printed, and a line that says who looked."""
    row = letter_of(reference)
    if row is None:
        raise Absent
    log_seen([row.patient_id], page="letter", by=by, at=at)
    return row
