"""Why: whose cases are looked at again, by when, and who answers for it."""

from dataclasses import dataclass
from datetime import date, datetime

from triage.models import SecondLook
from triage.queries.queue_rows import QueueRow, row_of
from triage.rules.second_looks import Why
from triage.rules.states import State

# More than a day can look at; the first due come first.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class LookRow:
    """One case to look at again."""

    row: QueueRow
    why: Why
    look_by: date
    owner: str
    owner_id: int
    opened_at: datetime


def second_looks(*, at: datetime, reference: str = "") -> tuple[LookRow, ...]:
    """What waits in reach, the first due first. One statement.

    Who has an appointment meanwhile is seen there.
    """
    found = SecondLook.objects.filter(settled_at=None).exclude(case__state=State.BOOKED)
    if reference:
        found = found.filter(case__reference=reference)
    rows = found.select_related(
        "owner",
        "case__patient",
        "case__practice__organisation",
        "case__hub__organisation",
        "case__claimed_by__user",
        "case__taken_by",
    ).order_by("look_by", "pk")
    return tuple(
        LookRow(
            row=row_of(one.case, at=at),
            why=Why(one.why),
            look_by=one.look_by,
            owner=one.owner.name,
            owner_id=one.owner_id,
            opened_at=one.opened_at,
        )
        for one in rows[:SHOWN]
    )
