"""Why: the practice's own tasks, what was said, who has them and until when."""

from dataclasses import dataclass
from datetime import datetime

from triage.models import Case, Note
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.worklist import QUEUE
from triage.rules.lanes import Lane

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Task:
    """One task, with the patient's own words."""

    row: QueueRow
    words: str


@dataclass(frozen=True, slots=True)
class Tasks:
    """The practice's open tasks, the first due first; `more` are not shown."""

    rows: tuple[Task, ...]
    more: int

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the page shows."""
        return [task.row.patient_id for task in self.rows]


def tasks(*, practice_id: int, at: datetime) -> Tasks:
    """What lies in the practice's lane. Three statements, whatever the number.

    Who has an appointment meanwhile is expected there, and nothing is left to do on paper.
    """
    lane = Case.objects.filter(practice_id=practice_id, lane=Lane.PRACTICE, state__in=QUEUE)
    found = list(names_of_case(lane).order_by("due_at", "reference")[:SHOWN])
    said = _words(found)
    return Tasks(
        rows=tuple(Task(row_of(case, at=at), said.get(case.pk, "")) for case in found),
        more=max(0, lane.count() - SHOWN),
    )


def _words(cases: list[Case]) -> dict[int, str]:
    """The last words of each case that are not erased. One statement."""
    kinds = (Note.Kind.WORDS, Note.Kind.AGAIN)
    notes = Note.objects.filter(case__in=cases, kind__in=kinds, erased_at__isnull=True)
    return dict(notes.order_by("id").values_list("case_id", "text"))
