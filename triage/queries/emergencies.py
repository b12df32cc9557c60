"""Why: calls for help now: everybody's until somebody has them, then theirs until they ended."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES
from triage.models import Case, CaseStep, Emergency
from triage.queries.held import is_held_now, let_go
from triage.queries.unread import late_words, said_no
from triage.rules.at_desk import place_of_desk
from triage.rules.codes import CallEnd, ClassStatus, Urgency
from triage.rules.states import State, Step

# Nothing ends that nobody had; said in full, so that the index of what is open serves both.
NOT_ENDED = Q(ended_at__isnull=True)
RAISES = (Step.RAISE_CLASS, Step.REPEAT_CONTACT)
NOBODYS = NOT_ENDED & Q(acknowledged_at__isnull=True)


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """Somebody called for help: where to ring, what was said of the place, who raised it.

    Who `is_here` is gone to, number or not: `where` then begins with the desk they stand at.
    Of somebody at a hub's desk also who they are and what they said; `read_by` is until when a
    clinician has read it, where it is their words alone that called for one.
    """

    reference: str
    phone: str
    where: str
    is_here: bool
    at: datetime
    by: str
    by_id: int | None
    practice: str
    case_ref: str
    acknowledged_at: datetime | None
    acknowledged_by: str
    ended_as: CallEnd | None
    ended_at: datetime | None
    ended_by: str
    who: str
    said: str
    read_by: datetime | None
    patient_id: int | None = None


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A case of class P0 that nobody has seen as one, or of somebody who says no to help.

    `holder` has the case since before it was an emergency, and has not signed that it is.
    """

    reference: str
    practice: str
    submitted_at: datetime
    declined_at: datetime | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A case whose words nobody has read in time."""

    reference: str
    practice: str
    urgency: Urgency
    read_due_at: datetime


@dataclass(frozen=True, slots=True)
class Alarms:
    """What stands above everything else on a clinician's page."""

    emergencies: tuple[EmergencyRow, ...] = ()
    cases: tuple[AlarmRow, ...] = ()
    unread: tuple[UnreadRow, ...] = ()
    mine: tuple[EmergencyRow, ...] = ()


def alarms(*, by: Actor, at: datetime) -> Alarms:
    """Emergencies, P0 cases and late words with nobody, in reach; and the emergencies I have.

    Oldest first. Two statements.
    """
    found = _rows(NOBODYS | _had_by(by))
    unheld, unread = _cases(at=at)
    return Alarms(
        emergencies=tuple(one for one in found if one.acknowledged_at is None),
        cases=unheld,
        unread=unread,
        mine=tuple(one for one in found if one.acknowledged_at is not None),
    )


def emergencies_had_by(by: Actor) -> tuple[EmergencyRow, ...]:
    """What this person has, and what nobody has of their hub's own, until it is said how it ended.

    Oldest first. One statement.
    """
    if not by.is_one_of(HUB_ROLES):
        return _rows(_had_by(by))
    return _rows(_had_by(by) | _of_hub(by.organisation_id or 0) & NOBODYS)


def emergencies_of_practices(ids: Collection[int]) -> tuple[EmergencyRow, ...]:
    """Emergencies of these practices of which nobody said how they ended. One statement."""
    return _rows(NOT_ENDED & Q(practice_id__in=ids))


def emergencies_that_keep_open(hub_ids: Collection[int]) -> Counter[int]:
    """How many nobody has of each hub's and its practices', and of its own that did not end.

    One statement.
    """
    is_loose = Q(acknowledged_at__isnull=True) | Q(practice__isnull=True)
    found = Emergency.objects.filter(NOT_ENDED & is_loose, hub_id__in=hub_ids).order_by("pk")
    return Counter(found.values_list("hub_id", flat=True))


def open_emergencies(where: Q | None = None) -> tuple[EmergencyRow, ...]:
    """Emergencies in reach that nobody has acknowledged, oldest first. One statement."""
    return _rows(NOBODYS & (where or Q()))


def emergencies_of_case(case_id: int) -> tuple[EmergencyRow, ...]:
    """The case's open emergencies, oldest first. One statement."""
    return _rows(NOBODYS & Q(case_id=case_id))


def emergency_row(reference: str) -> EmergencyRow | None:
    """One emergency in reach, acknowledged or not. One statement."""
    return next(iter(_rows(Q(reference=reference))), None)


def _had_by(by: Actor) -> Q:
    return NOT_ENDED & Q(acknowledged_by_id=by.user_id or 0)


def _of_hub(hub_id: int) -> Q:
    """A call from the hub itself is on no practice's day."""
    return NOT_ENDED & Q(hub_id=hub_id, practice_id__isnull=True)


def _rows(which: Q) -> tuple[EmergencyRow, ...]:
    found = Emergency.objects.filter(which).select_related(
        "by",
        "practice__organisation",
        "hub__organisation",
        "case",
        "acknowledged_by",
        "ended_by",
        "walk_up",
    )
    return tuple(
        EmergencyRow(
            reference=row.reference,
            phone=row.phone,
            where=_place(row),
            # Only who is here gives no number, also where an older release wrote the row.
            is_here=row.is_here or not row.phone,
            at=row.at,
            by=row.by.name if row.by else "",
            by_id=row.by_id,
            practice=row.practice.organisation.name if row.practice else "",
            case_ref=row.case.reference if row.case else "",
            acknowledged_at=row.acknowledged_at,
            acknowledged_by=row.acknowledged_by.name if row.acknowledged_by else "",
            ended_as=CallEnd(row.ended_as) if row.ended_as else None,
            ended_at=row.ended_at,
            ended_by=row.ended_by.name if row.ended_by else "",
            who=row.walk_up.name if row.walk_up else "",
            said=row.walk_up.words if row.walk_up else "",
            read_by=row.read_due_at,
            patient_id=row.patient_id,
        )
        for row in found.order_by("at", "id")
    )


def _place(call: Emergency) -> str:
    """What was said of the place; of who is here, behind the desk they stand at."""
    house = call.practice if call.practice_id else call.hub
    if not call.is_here or house is None:
        return call.where
    return place_of_desk(house.organisation.name, call.where)


def _cases(*, at: datetime) -> tuple[tuple[AlarmRow, ...], tuple[UnreadRow, ...]]:
    """P0 cases that nobody has seen as such, and cases whose words are late. One statement."""
    found = Case.objects.filter(nobodys_p0(at=at) | said_no() | late_words(at=at))
    found = found.select_related("practice__organisation", "claimed_by__user")
    rows = list(found.order_by("submitted_at", "id"))
    unheld = tuple(
        AlarmRow(
            row.reference,
            row.practice.organisation.name,
            row.submitted_at,
            _said_no(row),
            _holder(row, at=at),
        )
        for row in rows
        if _is_emergency(row)
    )
    unread = tuple(
        UnreadRow(
            row.reference,
            row.practice.organisation.name,
            Urgency(f"P{row.urgency}"),
            row.read_due_at,
        )
        for row in rows
        if not _is_emergency(row) and row.read_due_at is not None
    )
    return unheld, unread


def nobodys_p0(*, at: datetime) -> Q:
    """P0 cases that nobody has, or nobody has seen as such."""
    nobodys = Q(state__in=[State.WAITING, State.HANDED_BACK, State.BOOKED]) | let_go(at=at)
    return (nobodys | _claimed_before()) & Q(urgency=Urgency.P0.rank)


def _claimed_before() -> Q:
    """Somebody has it since before it was raised, and has neither signed it nor taken it anew."""
    raised = CaseStep.objects.filter(
        case=OuterRef("pk"),
        step__in=RAISES,
        urgency=Urgency.P0.rank,
        at__gt=OuterRef("claimed_at"),
    )
    return Q(Exists(raised), state=State.CLAIMED, urgency_status=ClassStatus.PROVISIONAL)


def _holder(case: Case, *, at: datetime) -> str:
    return case.claimed_by.user.name if is_held_now(case, at=at) and case.claimed_by else ""


def _said_no(case: Case) -> datetime | None:
    """When they said no to help, as long as no clinician has read it."""
    return case.declined_at if case.read_due_at is not None else None


def _is_emergency(case: Case) -> bool:
    return case.urgency == Urgency.P0.rank or _said_no(case) is not None
