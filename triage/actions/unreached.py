"""Opening the list of messages that did not get through: whoever looks is on record."""

from datetime import datetime

from practices.actions.reading import log_seen
from practices.queries import ToTellRow, messages_to_tell
from practices.queries.messages import LetterRow, letter_of
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.queries.contact import ContactFacts, contacts_of


def open_messages(*, by: Actor, at: datetime) -> tuple[list[ToTellRow], dict[str, ContactFacts]]:
    """Whom somebody of ours still has to tell, and a line that says who looked.

    Beside them, by reference, how the patients of their cases may be reached.
    """
    rows = messages_to_tell()
    log_seen([row.patient_id for row in rows], page="messages", by=by, at=at)
    return rows, contacts_of([row.case_ref for row in rows if row.case_ref])


def open_letter(*, reference: str, by: Actor, at: datetime) -> LetterRow:
    """The message as it is printed, and a line that says who looked."""
    row = letter_of(reference)
    if row is None:
        raise Absent
    log_seen([row.patient_id], page="letter", by=by, at=at)
    return row
