"""Opening the list of messages that did not get through: whoever looks is on record."""

from dataclasses import dataclass
from datetime import datetime

from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.queries import ToTell, messages_to_tell
from practices.queries.messages import LetterRow, letter_of, letters_posted
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.queries.contact import ContactFacts, contacts_of


@dataclass(frozen=True, slots=True)
class Unreached:
    """Whom to tell; by reference, how those of a case may be reached; and today's letters."""

    found: ToTell
    contacts: dict[str, ContactFacts]
    posted: list[LetterRow]


def open_messages(*, by: Actor, at: datetime) -> Unreached:
    """Whom somebody of ours still has to tell, and a line that says who looked."""
    found = messages_to_tell(at=at)
    posted = letters_posted(since=midnight(local_day(at)))
    seen = [row.patient_id for row in found.rows] + [row.patient_id for row in posted]
    log_seen(seen, page="messages", by=by, at=at)
    references = [row.case_ref for row in found.now if row.case_ref]
    return Unreached(found, contacts_of(references), posted)


def open_letter(*, reference: str, by: Actor, at: datetime) -> LetterRow:
    """The message as it is printed, and a line that says who looked."""
    row = letter_of(reference)
    if row is None:
        raise Absent
    log_seen([row.patient_id], page="letter", by=by, at=at)
    return row
