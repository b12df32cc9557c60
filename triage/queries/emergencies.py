"""Why: calls for help now: everybody's until somebody has them, then theirs until they ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from practices.rules.reach import Actor
from triage.models import Case, Emergency
from triage.rules.codes import CallEnd, Urgency
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """Somebody called for help: where to ring, what was said of the place, who raised it."""

    reference: str
    phone: str
    where: str
    at: datetime
    by: str
    practice: str
    case_ref: str
    acknowledged_at: datetime | None
    acknowledged_by: str
    ended_as: CallEnd | None
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A case of class P0 that nobody has yet."""

    reference: str
    practice: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Alarms:
    """What stands above everything else on a clinician's page."""

    emergencies: tuple[EmergencyRow, ...] = ()
    cases: tuple[AlarmRow, ...] = ()
    mine: tuple[EmergencyRow, ...] = ()


def alarms(*, by: Actor, at: datetime) -> Alarms:
    """Emergencies and P0 cases with nobody, in reach, and the emergencies this person has.

    Oldest first. Two statements.
    """
    found = _rows(Q(acknowledged_at__isnull=True) | _had_by(by))
    return Alarms(
        emergencies=tuple(one for one in found if one.acknowledged_at is None),
        cases=_unheld(at=at),
        mine=tuple(one for one in found if one.acknowledged_at is not None),
    )


def emergencies_had_by(by: Actor) -> tuple[EmergencyRow, ...]:
    """What this person has, and has not said how it ended, oldest first. One statement."""
    return _rows(_had_by(by))


def emergencies_of_practices(ids: Collection[int]) -> tuple[EmergencyRow, ...]:
    """Emergencies of these practices of which nobody said how they ended. One statement."""
    return _rows(Q(practice_id__in=ids, ended_at__isnull=True))


def emergencies_that_keep_open(hub_id: int) -> tuple[EmergencyRow, ...]:
    """What nobody has of the hub's and its practices', and its own that did not end."""
    is_loose = Q(acknowledged_at__isnull=True) | Q(practice__isnull=True, ended_at__isnull=True)
    return _rows(is_loose & Q(hub_id=hub_id))


def open_emergencies(where: Q | None = None) -> tuple[EmergencyRow, ...]:
    """Emergencies in reach that nobody has acknowledged, oldest first. One statement."""
    return _rows(Q(acknowledged_at__isnull=True) & (where or Q()))


def emergencies_of_case(case_id: int) -> tuple[EmergencyRow, ...]:
    """The case's open emergencies, oldest first. One statement."""
    return _rows(Q(case_id=case_id, acknowledged_at__isnull=True))


def emergency_row(reference: str) -> EmergencyRow | None:
    """One emergency in reach, acknowledged or not. One statement."""
    return next(iter(_rows(Q(reference=reference))), None)


def _had_by(by: Actor) -> Q:
    return Q(ended_at__isnull=True, acknowledged_by_id=by.user_id or 0)


def _rows(which: Q) -> tuple[EmergencyRow, ...]:
    found = Emergency.objects.filter(which).select_related(
        "by", "practice__organisation", "case", "acknowledged_by", "ended_by"
    )
    return tuple(
        EmergencyRow(
            reference=row.reference,
            phone=row.phone,
            where=row.where,
            at=row.at,
            by=row.by.name if row.by else "",
            practice=row.practice.organisation.name if row.practice else "",
            case_ref=row.case.reference if row.case else "",
            acknowledged_at=row.acknowledged_at,
            acknowledged_by=row.acknowledged_by.name if row.acknowledged_by else "",
            ended_as=CallEnd(row.ended_as) if row.ended_as else None,
            ended_at=row.ended_at,
            ended_by=row.ended_by.name if row.ended_by else "",
        )
        for row in found.order_by("at", "id")
    )


def _unheld(*, at: datetime) -> tuple[AlarmRow, ...]:
    nobodys = Q(state__in=[State.WAITING, State.HANDED_BACK]) | Q(
        state=State.CLAIMED, lease_until__lte=at
    )
    found = Case.objects.filter(nobodys, urgency=Urgency.P0.rank)
    found = found.select_related("practice__organisation").order_by("submitted_at", "id")
    return tuple(
        AlarmRow(row.reference, row.practice.organisation.name, row.submitted_at) for row in found
    )
