"""Why: every patient of a practice whom today was about, and what became of them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from appointments.queries.cover import answers_now
from practices.clock import local_day
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES
from triage.models import Case, CaseStep
from triage.queries.done import DoneRow, unwritten_of
from triage.queries.emergencies import EmergencyRow, emergencies_of_practices
from triage.queries.ends import standing
from triage.queries.handovers import OwedRow, owed
from triage.queries.last_call import sent_to_duty
from triage.queries.planned_day import Planned, planned_day
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.still_owed import StillOwed, still_owed
from triage.rules.all_clear import Loose, Standing, loose_end
from triage.rules.codes import Outcome
from triage.rules.states import OPEN, Step


@dataclass(frozen=True, slots=True)
class Place:
    """The appointment of a case: when, with whom, and whose."""

    starts_at: datetime
    ends_at: datetime
    clinician: str
    is_at_hub: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ended, by whom, for whom, and whether the patient was told what to watch for."""

    outcome: Outcome
    by: str
    at: datetime
    has_safety_net: bool
    is_by_hub: bool


@dataclass(frozen=True, slots=True)
class DayCase:
    """One case of the day: what is left to do (None: nothing today), where, and how it ended.

    `sent_at` is when an emergency that nobody has was sent to the duty clinician today.
    """

    row: QueueRow
    loose: Loose | None
    place: Place | None
    ending: Ending | None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """The day of a practice: what keeps it from being clear, what waits rightly, what is done.

    `planned` are appointments no case is about; `owed` is what closed cases of any day leave to do;
    `emergencies` are those of any day of which nobody said how they ended; `still` is what was
    promised beside the cases; `on_duty` whether anybody answers for the practice's duty list now;
    `unwritten` are ends that stand in no record yet.
    """

    loose: tuple[DayCase, ...]
    waiting: tuple[DayCase, ...]
    done: tuple[DayCase, ...]
    planned: tuple[Planned, ...]
    owed: tuple[OwedRow, ...]
    emergencies: tuple[EmergencyRow, ...]
    still: StillOwed
    unwritten: tuple[DoneRow, ...]
    on_duty: bool = True


def practice_day(*, by: Actor, at: datetime) -> PracticeDay:
    """Our cases that came, were open or ended today, and what was planned, most urgent first.

    Nine statements; two more where nobody has an emergency.
    """
    starts = midnight(local_day(at))
    ends = midnight(local_day(at) + timedelta(days=1))
    found = Case.objects.filter(
        Q(state__in=OPEN) | Q(closed_at__gte=starts) | Q(submitted_at__gte=starts),
        practice_id__in=by.reach.own,
    )
    cases = list(
        names_of_case(found)
        .select_related("booking__clinician__user")
        .order_by("urgency", "due_at", "reference")
    )
    endings = _endings(cases)
    rows = [_day_case(case, endings.get(case.pk), at=at, day_ends=ends) for case in cases]
    urgent = {one.row.practice_id for one in rows if is_nobodys_emergency(one)}
    sent = sent_to_duty([one.row.reference for one in rows], at=at) if urgent else {}
    rows = [replace(one, sent_at=sent.get(one.row.reference)) for one in rows]
    return PracticeDay(
        loose=tuple(one for one in rows if one.loose is not None),
        waiting=tuple(one for one in rows if one.loose is None and one.ending is None),
        done=tuple(one for one in rows if one.loose is None and one.ending is not None),
        planned=planned_day(by=by, at=at),
        owed=owed(by=by),
        emergencies=emergencies_of_practices(by.reach.own),
        still=still_owed(by=by, at=at),
        on_duty=all(answers_now(practice_id, at=at) for practice_id in urgent),
        unwritten=unwritten_of(by.reach.own, at=at),
    )


def is_nobodys_emergency(one: DayCase) -> bool:
    """Whether somebody has to take it before anything else."""
    return one.loose is Loose.EMERGENCY and one.row.holder is None


def _day_case(case: Case, ending: Ending | None, *, at: datetime, day_ends: datetime) -> DayCase:
    row = row_of(case, at=at)
    place = _place(case)
    seen_until = place.ends_at if place else None
    standing = Standing(row.state, row.due_at, seen_until, urgency=row.urgency)
    return DayCase(
        row=row,
        loose=loose_end(standing, now=at, day_ends=day_ends),
        place=place,
        ending=ending if row.state not in OPEN else None,
    )


def _place(case: Case) -> Place | None:
    booking = case.booking
    if booking is None:
        return None
    return Place(
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        clinician=booking.clinician.user.name,
        is_at_hub=booking.hub_id is not None,
    )


def _endings(cases: list[Case]) -> dict[int, Ending]:
    """The last outcome of each case."""
    closer = CaseStep.objects.filter(case=OuterRef("case"), step=Step.CLOSE)
    found = (
        standing()
        .filter(case__in=cases)
        .annotate(role=Subquery(closer.order_by("-id").values("role")[:1]))
        .select_related("by")
        .order_by("id")
    )
    return {
        one.case_id: Ending(
            outcome=Outcome(one.code),
            by=one.by.name if one.by else "",
            at=one.at,
            has_safety_net=one.safety_net_id is not None,
            is_by_hub=one.role in HUB_ROLES,
        )
        for one in found
    }
