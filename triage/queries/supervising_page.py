"""Why: what a supervising clinician's page answers, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from appointments.queries.supervision import unled
from practices.rules.reach import Actor
from triage.models import Case
from triage.queries.asked import Asked, open_questions
from triage.queries.done import DoneRow, unwritten_at_hub
from triage.queries.handovers import OwedRow, owed_by_hub
from triage.queries.held import held
from triage.queries.last_call import ToDecide, to_decide
from triage.queries.other_supervisors import OtherSupervisor, other_supervisors
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.supervising import Pause, Supervisee, pauses, supervisees
from triage.queries.to_sign import PassedOver, ToTalkOver, passed_over, to_talk_over
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class SupervisingPage:
    """My people now, the lists that nobody supervises, and all that waits for my name."""

    decide: ToDecide
    people: tuple[Supervisee, ...]
    in_hand: tuple[QueueRow, ...]
    handed_back: tuple[QueueRow, ...]
    pauses: tuple[Pause, ...]
    unled: tuple[tuple[int, str], ...]
    asked: tuple[Asked, ...]
    to_talk_over: tuple[ToTalkOver, ...]
    passed_over: tuple[PassedOver, ...]
    others: tuple[OtherSupervisor, ...]
    owed: tuple[OwedRow, ...]
    unwritten: tuple[DoneRow, ...]

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """Every case the page shows."""
        reviews = (one.row for one in self.to_talk_over)
        noted = (one.row for one in self.unwritten)
        return (*self.decide.rows, *self.in_hand, *self.handed_back, *reviews, *noted)

    @property
    def patient_ids(self) -> list[int]:
        """Every patient the page names."""
        return [*(row.patient_id for row in self.rows), *(one.patient_id for one in self.owed)]


def supervising_page(*, by: Actor, at: datetime) -> SupervisingPage:
    """The page of this supervisor. Twenty-three statements, before a close one more."""
    assert by.organisation_id is not None, "a supervisor acts at a hub"
    people = supervisees(by.clinician_id, at=at)
    ids = [one.day.clinician_id for one in people]
    in_hand = Case.objects.filter(held(at=at), claimed_by_id__in=ids)
    return SupervisingPage(
        decide=to_decide(by=by, at=at),
        people=people,
        in_hand=_rows(in_hand, at=at),
        handed_back=_rows(
            Case.objects.filter(hub_id=by.organisation_id, state=State.HANDED_BACK), at=at
        ),
        asked=open_questions(by.organisation_id),
        pauses=pauses(by.organisation_id, at=at),
        unled=tuple((one.pk, one.user.name) for one in unled(by.organisation_id, at=at)),
        to_talk_over=to_talk_over(ids, at=at),
        passed_over=passed_over(by.organisation_id, at=at),
        others=other_supervisors(by.organisation_id, but=by.clinician_id, at=at),
        owed=owed_by_hub(by.organisation_id),
        unwritten=unwritten_at_hub(by.organisation_id, at=at),
    )


def _rows(found: QuerySet[Case], *, at: datetime) -> tuple[QueueRow, ...]:
    cases = names_of_case(found).order_by("urgency", "due_at", "reference")
    return tuple(row_of(case, at=at) for case in cases)
