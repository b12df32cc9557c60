"""What closed cases still owe, in words."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import date_words
from triage.presenters.signs import name_words
from triage.presenters.urgency import moment_words
from triage.queries.handovers import OwedRow
from triage.rules.handovers import is_late


@dataclass(frozen=True, slots=True)
class OwedLine:
    """Something to do for a patient whose case is closed."""

    reference: str
    name: str
    born: str
    need: str
    what: str
    owner: str
    late: str


def owed_line(one: OwedRow, *, now: datetime) -> OwedLine:
    """What is owed, since when, and who owns it until the practice accepts."""
    return OwedLine(
        reference=one.reference,
        name=name_words(one.family_name, one.given_name),
        born=date_words(one.born_on),
        need=one.need.label,
        what=one.what.label,
        owner=f"By {one.by or 'Headroom'} at {moment_words(one.at, now=now)}. {one.owner} owns it"
        " until the practice accepts",
        late="Late" if is_late(one.at, now=now) else "",
    )
