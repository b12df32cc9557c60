"""What closed cases still owe, in words."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import date_words, due_words
from triage.presenters.signs import name_words
from triage.presenters.urgency import moment_words
from triage.queries.handovers import OwedRow
from triage.rules.handovers import TO_SERVICE


@dataclass(frozen=True, slots=True)
class OwedLine:
    """Something to do for a patient whose case is closed, and what accepting it asks for."""

    reference: str
    code: str
    name: str
    born: str
    need: str
    what: str
    owner: str
    late: str
    asks: str
    accept: str
    is_elsewhere: bool


def owed_line(one: OwedRow, *, now: datetime) -> OwedLine:
    """What is owed, since when, by when, and who owns it until the other side accepts."""
    is_elsewhere = one.what in TO_SERVICE
    return OwedLine(
        reference=one.reference,
        code=one.what.value,
        name=name_words(one.family_name, one.given_name),
        born=date_words(one.born_on),
        need=one.need.label,
        what=one.what.label,
        owner=owner_words(one, now=now),
        late=due_words(one.due_at, now=now).capitalize() if one.due_at <= now else "",
        asks="Who there has accepted, and when" if is_elsewhere else "Who does this, and by when",
        accept="Record that they accepted" if is_elsewhere else "Accept it",
        is_elsewhere=is_elsewhere,
    )


def owner_words(one: OwedRow, *, now: datetime) -> str:
    """ "By Ann Lee at 9:30am. Riverside hub owns it until they accept, due by 10:30am"."""
    who = "they accept" if one.what in TO_SERVICE else "the practice accepts"
    due = f"due by {moment_words(one.due_at, now=now)}"
    since = f"By {one.by or 'Headroom'} at {moment_words(one.at, now=now)}"
    return f"{since}. {one.owner} owns it until {who}, {due}"
