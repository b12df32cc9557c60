"""How urgent, for how long still, and with whom: the words every clinician's page shares."""

from dataclasses import dataclass
from datetime import datetime

from practices.clock import local, local_day
from practices.presenters import age_words, day_words, time_words
from triage.presenters.signs import LEVELS, Left, left, name_words
from triage.queries.queue_rows import QueueRow
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.reading import is_unread
from triage.rules.states import OPEN, State

# What is over has no colour.
CALM = "none"
# New cases of these classes are told apart in what is spoken.
SPOKEN_OF = (Urgency.P0, Urgency.P1, Urgency.P2)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the queue in words."""

    reference: str
    urgency: str
    called: int
    sign: str
    level: str
    status: str
    left: Left | None
    patient: str
    age: str
    need: str
    practice: str
    who: str
    is_mine: bool
    is_taken: bool
    is_urgent: bool
    notes: tuple[str, ...]


def case_line(
    row: QueueRow, *, now: datetime, clinician_id: int | None, is_called: bool = True
) -> CaseLine:
    """The row as the queue says it; a page of calls for help need not say it in each line."""
    return CaseLine(
        reference=row.reference,
        urgency=row.urgency.value,
        called=0 if row.holder else row.escalated,
        sign=sign_words(row.urgency),
        level=LEVELS[row.urgency] if row.state in OPEN else CALM,
        status="Signed" if row.status is ClassStatus.SIGNED else "Provisional",
        left=_left(row, now=now),
        patient=name_words(row.family_name, row.given_name),
        age=age_words(row.born_on, on=local_day(now)),
        need=row.need.label,
        practice=row.practice,
        who=who_words(row, clinician_id=clinician_id),
        is_mine=row.holder is not None and row.holder.clinician_id == clinician_id,
        is_taken=row.holder is not None and row.holder.clinician_id != clinician_id,
        is_urgent=row.urgency in SPOKEN_OF,
        notes=_notes(row, now=now, is_called=is_called),
    )


def _left(row: QueueRow, *, now: datetime) -> Left | None:
    """How long is left; nothing runs out once it is over."""
    if row.state not in OPEN:
        return None
    return left(row.due_at, now=now, at_once=row.urgency is Urgency.P0)


def sign_words(urgency: Urgency) -> str:
    """ "P1 Within 1 hour"."""
    return f"{urgency.value} {urgency.label}"


def who_words(row: QueueRow, *, clinician_id: int | None) -> str:
    """Who has the case now, and since when; or what it waits for."""
    if row.holder is not None:
        who = "you" if row.holder.clinician_id == clinician_id else row.holder.name
        return f"With {who} since {time_words(row.holder.since)}"
    if row.state is State.HANDED_BACK:
        return f"Handed back to {row.practice}, not accepted yet"
    if row.stands is not row.state:
        return "Waiting again: nobody has it now"
    return "Waiting for a clinician" if row.state is State.WAITING else row.state.label


def moment_words(at: datetime, *, now: datetime) -> str:
    """ "10:12am" today, "10:12am on Friday 27 November" on another day."""
    if local_day(at) == local_day(now):
        return time_words(at)
    return f"{time_words(at)} on {day_words(local(at).date())}"


def reading_words(row: QueueRow, *, now: datetime) -> str:
    """Whether words that may mean a red flag still wait to be read; blank where none do."""
    if row.read_due_at is None:
        return ""
    if row.declined_at is not None:
        return "Read the words now"
    if is_unread(row.read_due_at, now=now):
        return f"Words not read: it was to be by {time_words(row.read_due_at)}"
    return f"Read the words by {time_words(row.read_due_at)}"


def _notes(row: QueueRow, *, now: datetime, is_called: bool) -> tuple[str, ...]:
    """What a clinician should know before opening it. Silence never means "no flags"."""
    said = [row.no_longer.label] if row.no_longer else []
    if row.state not in OPEN:
        return tuple(said)
    if row.red_flags:
        said.append("Red flag ticked")
    if row.declined_at is not None:
        said.append("Said no to emergency help")
    if row.scan_hits:
        said.append(reading_words(row, now=now) or "Words read")
    if is_called and row.escalated and row.holder is None:
        said.append("Help called for")
    if row.is_booked and row.state is not State.BOOKED:
        said.append("Has a booking")
    if row.bounces > (row.state is State.HANDED_BACK):
        said.append("Handed back before")
    return tuple(said)
