"""Why: open cases as they are printed: in queue order, with owner, due time, phone and words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hubs.queries import practices_served
from practices.clock import local_day
from triage.models import Case, Note
from triage.queries.emergencies import EmergencyRow, open_emergencies
from triage.queries.paper_sessions import Person, person_of
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.worklist import QUEUE
from triage.rules.lanes import Lane

SAID = (Note.Kind.WORDS, Note.Kind.AGAIN)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One open case on paper."""

    row: QueueRow
    person: Person
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueSheet:
    """What somebody still has to do, most urgent first, and calls for help nobody has."""

    lines: tuple[CaseLine, ...]
    emergencies: tuple[EmergencyRow, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the sheet shows."""
        return [line.person.id for line in self.lines]


def queue_sheet(house: int, *, is_hub: bool, at: datetime) -> QueueSheet:
    """The hub's clinical queue, or all the practice's open cases. Four statements at most.

    A practice whose agreement has ended is not in the hub's: the pack is made past the wall
    that hides it on the screen.
    """
    whose = Q(practice_id=house)
    if is_hub:
        served = practices_served(house, on=local_day(at))
        whose = Q(hub_id=house, lane=Lane.HUB, practice_id__in=served)
    found = Case.objects.filter(whose, state__in=[state.value for state in sorted(QUEUE)])
    cases = list(names_of_case(found).order_by("urgency", "due_at", "reference"))
    notes = Note.objects.filter(case__in=cases, kind__in=SAID, erased_at__isnull=True)
    words: dict[int, list[str]] = {}
    for case_id, text in notes.order_by("id").values_list("case_id", "text"):
        words.setdefault(case_id, []).append(text)
    lines = tuple(
        CaseLine(
            row=row_of(case, at=at),
            person=person_of(case.patient, case),
            words=tuple(words.get(case.pk, ())),
        )
        for case in cases
    )
    return QueueSheet(lines, _unanswered(house, is_hub=is_hub))


def _unanswered(house: int, *, is_hub: bool) -> tuple[EmergencyRow, ...]:
    """Calls for help at this house that nobody has, oldest first. One statement."""
    where = Q(hub_id=house) if is_hub else Q(practice_id=house)
    return open_emergencies(where)
