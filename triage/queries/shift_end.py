"""Why: what a clinician leaves behind at the end of a shift."""

from dataclasses import dataclass
from datetime import date, datetime

from appointments.models import Booking
from appointments.queries.own_day import stints_of
from appointments.rules.working_day import Stint
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.models import Case
from triage.queries.done import DoneRow, unwritten
from triage.queries.emergencies import EmergencyRow, emergencies_had_by
from triage.queries.handovers import OwedRow, owed_after
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.supervising import people_of
from triage.queries.to_sign import ToTalkOver, to_talk_over
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An appointment of mine that is over and says not whether the patient was seen."""

    case_ref: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """What I have in hand, did not record or write down, what is to talk over or to be accepted."""

    sessions: tuple[Stint, ...]
    emergencies: tuple[EmergencyRow, ...]
    in_hand: tuple[QueueRow, ...]
    handed_back: tuple[QueueRow, ...]
    unsettled: tuple[Unsettled, ...]
    to_talk_over: tuple[ToTalkOver, ...]
    owed: tuple[OwedRow, ...]
    unwritten: tuple[DoneRow, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Every patient the sheet names."""
        rows = (*self.in_hand, *self.handed_back, *(one.row for one in self.to_talk_over))
        seen = [*(row.patient_id for row in rows), *(one.patient_id for one in self.unsettled)]
        noted = (one.row.patient_id for one in self.unwritten)
        return [*seen, *noted, *(one.patient_id for one in self.owed)]


def shift_end(*, by: Actor, at: datetime) -> ShiftEnd:
    """The sheet of this clinician now. Twelve statements at most."""
    me = by.clinician_id
    people = people_of(me, at=at) if me is not None and by.role is Role.SUPERVISOR else []
    return ShiftEnd(
        sessions=tuple(stints_of(me or 0, local_day(at))),
        emergencies=emergencies_had_by(by),
        in_hand=_rows(at=at, state=State.CLAIMED, claimed_by_id=me or 0),
        handed_back=_rows(
            at=at, state=State.HANDED_BACK, steps__step="hand_back", steps__by_id=by.user_id or 0
        ),
        unsettled=_unsettled(me, at=at),
        to_talk_over=to_talk_over([*people, *([me] if me is not None else [])], at=at),
        owed=owed_after(by.user_id),
        unwritten=unwritten(by=by, at=at),
    )


def _rows(*, at: datetime, **which: object) -> tuple[QueueRow, ...]:
    found = names_of_case(Case.objects.filter(**which)).order_by("urgency", "due_at", "reference")
    return tuple(row_of(case, at=at) for case in found.distinct())


def _unsettled(clinician_id: int | None, *, at: datetime) -> tuple[Unsettled, ...]:
    found = Booking.objects.filter(
        clinician_id=clinician_id or 0,
        day=local_day(at),
        state__in=("booked", "arrived"),
        ends_at__lte=at,
    ).select_related("patient")
    return tuple(
        Unsettled(
            case_ref=one.case_ref,
            patient_id=one.patient_id,
            family_name=one.patient.family_name,
            given_name=one.patient.given_name,
            born_on=one.patient.born_on,
            starts_at=one.starts_at,
        )
        for one in found.order_by("starts_at", "pk")
    )
