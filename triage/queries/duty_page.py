"""Why: what falls to a practice's duty clinician now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from practices.rules.reach import Actor
from triage.models import Case, CaseStep
from triage.queries.escalation import unheld
from triage.queries.handovers import OwedRow, owed
from triage.queries.last_call import ToDecide, to_decide
from triage.queries.my_day import MyDay, my_day
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.codes import Urgency
from triage.rules.ordering import needs_duty_clinician
from triage.rules.states import State, Step


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A case the hub asks the practice to take: why, who asks, and whom it names."""

    row: QueueRow
    reason: str
    by: str
    at: datetime
    named: str


@dataclass(frozen=True, slots=True)
class DutyPage:
    """Hand-backs to answer, words to read, calls for help, what we owe, and my own day."""

    handed_back: tuple[HandedBack, ...]
    decide: ToDecide
    unread: tuple[QueueRow, ...]
    calls: tuple[QueueRow, ...]
    called_because: dict[str, str]
    owed: tuple[OwedRow, ...]
    meter: MyDay | None

    @property
    def patient_ids(self) -> list[int]:
        """Every patient the page shows."""
        rows = (*self.decide.rows, *self.unread, *self.calls)
        backs = (one.row for one in self.handed_back)
        rows = (*backs, *rows)
        return [*(row.patient_id for row in rows), *(one.patient_id for one in self.owed)]


def duty_page(*, by: Actor, at: datetime) -> DutyPage:
    """The page of this practice, most urgent first.

    Sixteen statements, one more before a close, and one where help was called for in time.
    """
    decide = to_decide(by=by, at=at)
    named = {row.reference for row in decide.rows}
    ours = tuple(row for row in _nobodys(by, at=at) if row.reference not in named)
    unread = tuple(row for row in ours if _is_to_read(row))
    calls = tuple(row for row in ours if row not in unread and _is_called_for(row, at=at))
    early = [row.reference for row in calls if not needs_duty_clinician(row.waiting, at)]
    return DutyPage(
        handed_back=_handed_back(by, at=at),
        decide=decide,
        unread=unread,
        calls=calls,
        called_because=_because(early),
        owed=owed(by=by),
        meter=my_day(by, at=at),
    )


def _nobodys(by: Actor, *, at: datetime) -> list[QueueRow]:
    """Our cases that nobody has."""
    found = unheld(at=at).filter(practice_id__in=by.reach.own).exclude(state=State.HANDED_BACK)
    return [row_of(case, at=at) for case in _in_order(found)]


def _is_to_read(row: QueueRow) -> bool:
    """Whether words that may mean a red flag wait; an emergency calls for help by itself."""
    return row.read_due_at is not None and row.urgency is not Urgency.P0


def _is_called_for(row: QueueRow, *, at: datetime) -> bool:
    """Whether its time runs out, or it was called for while time was left."""
    return bool(row.escalated) or needs_duty_clinician(row.waiting, at)


def _because(references: list[str]) -> dict[str, str]:
    """The code of each case's last call for help."""
    found = CaseStep.objects.filter(case__reference__in=references, step=Step.CALL_FOR_HELP)
    return dict(found.order_by("id").values_list("case__reference", "code"))


def _handed_back(by: Actor, *, at: datetime) -> tuple[HandedBack, ...]:
    found = Case.objects.filter(state=State.HANDED_BACK, practice_id__in=by.reach.own)
    cases = list(_in_order(found).select_related("handed_to__user"))
    steps = CaseStep.objects.filter(case__in=cases, step=Step.HAND_BACK).order_by("id")
    last = {step.case_id: step for step in steps.select_related("by", "note")}
    return tuple(
        HandedBack(
            row=row_of(case, at=at),
            reason=step.note.text if step.note and step.note.erased_at is None else "",
            by=step.by.name if step.by else "",
            at=step.at,
            named=case.handed_to.user.name if case.handed_to else "",
        )
        for case in cases
        if (step := last.get(case.pk)) is not None
    )


def _in_order(found: QuerySet[Case]) -> QuerySet[Case]:
    return names_of_case(found).order_by("urgency", "due_at", "reference")
