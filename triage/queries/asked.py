"""Why: questions to the supervisor that nobody has answered yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from triage.models import CaseStep
from triage.rules.asking import ANSWER_IN, UNANSWERED
from triage.rules.states import MOVES, State, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks their supervisor now: about which case, what, since when.

    `is_called`: no supervisor was there or answered, so the practice's duty clinician is asked too.
    """

    reference: str
    need: str
    urgency: int
    practice: str
    question: str
    by: str
    at: datetime
    is_called: bool


def open_questions(hub_id: int, *, reference: str = "") -> tuple[Asked, ...]:
    """The hub's questions without an answer, whose case has not ended since, oldest first.

    One statement.
    """
    mine = {"case__reference": reference} if reference else {}
    return tuple(_asked(row) for row in _open().filter(case__hub=hub_id, **mine))


def questions_called_for(practice_ids: Collection[int]) -> tuple[Asked, ...]:
    """Questions about these practices' patients that no supervisor answers. One statement."""
    found = _open().filter(case__practice__in=practice_ids, is_called=True)
    return tuple(_asked(row) for row in found)


def unanswered(*, at: datetime) -> tuple[str, ...]:
    """References of cases whose question waits too long, and nobody else was called. One statement.

    Of a case that is booked meanwhile the supervisors alone are asked.
    """
    found = _open().filter(
        is_called=False, at__lte=at - ANSWER_IN, case__state__in=sorted(may_call())
    )
    return tuple(dict.fromkeys(found.values_list("case__reference", flat=True)))


def may_call() -> frozenset[State]:
    """The states from which help can be called for."""
    return frozenset(state for state, step in MOVES if step is Step.CALL_FOR_HELP)


def _open() -> QuerySet[Any]:
    later = CaseStep.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    # A closing that was taken back leaves the question as open as it was.
    closed = later.filter(step=Step.CLOSE, undone_by=None)
    return (
        CaseStep.objects.filter(
            ~Exists(later.filter(step=Step.ANSWER)), ~Exists(closed), step=Step.ASK
        )
        .exclude(case__state=State.CLOSED)
        .annotate(is_called=Exists(later.filter(step=Step.CALL_FOR_HELP, code=UNANSWERED)))
        .select_related("case__practice__organisation", "by", "note")
        .order_by("at", "pk")
    )


def _asked(row: Any) -> Asked:
    return Asked(
        reference=row.case.reference,
        need=row.case.need,
        urgency=row.case.urgency,
        practice=row.case.practice.organisation.name,
        question=row.note.text if row.note and row.note.erased_at is None else "",
        by=row.by.name if row.by else "",
        at=row.at,
        is_called=row.is_called,
    )
