"""Why: questions to the supervisor that nobody has answered yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from triage.models import CaseStep
from triage.rules.states import State, Step

# A question of last week is answered by the case itself.
LOOKS_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks their supervisor now: about which case, what, since when."""

    reference: str
    need: str
    urgency: int
    practice: str
    question: str
    by: str
    at: datetime


def open_questions(hub_id: int, *, at: datetime, reference: str = "") -> tuple[Asked, ...]:
    """The hub's questions without an answer, whose case has not ended since, oldest first.

    One statement.
    """
    answered = CaseStep.objects.filter(
        case=OuterRef("case"), step=Step.ANSWER, pk__gt=OuterRef("pk")
    )
    # A closing that was taken back leaves the question as open as it was.
    closed = CaseStep.objects.filter(
        case=OuterRef("case"), step=Step.CLOSE, undone_by=None, pk__gt=OuterRef("pk")
    )
    found = CaseStep.objects.filter(
        ~Exists(answered), ~Exists(closed), step=Step.ASK, case__hub=hub_id, at__gte=at - LOOKS_BACK
    )
    found = found.exclude(case__state=State.CLOSED)
    if reference:
        found = found.filter(case__reference=reference)
    rows = found.select_related("case__practice__organisation", "by", "note").order_by("at", "pk")
    return tuple(
        Asked(
            reference=row.case.reference,
            need=row.case.need,
            urgency=row.case.urgency,
            practice=row.case.practice.organisation.name,
            question=row.note.text if row.note and row.note.erased_at is None else "",
            by=row.by.name if row.by else "",
            at=row.at,
        )
        for row in rows
    )
