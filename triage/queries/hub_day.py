"""Why: what keeps a hub open, case by case."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from hubs.models import Hub, HubClosing
from hubs.queries import closed_days, closings_of, hours_of
from hubs.rules.opening import Hours, next_reading
from practices.clock import bank_holidays, local_day
from practices.rules.london import midnight
from practices.rules.roles import PRACTICE_ROLES
from triage.models import Case, CaseStep
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.hub_day import HubCase, KeepsOpen, keeps_open
from triage.rules.lanes import Lane
from triage.rules.last_call import has_closed
from triage.rules.states import OPEN, TAKES, State


@dataclass(frozen=True, slots=True)
class Blocker:
    """A case that keeps the hub open: why, and who has it."""

    row: QueueRow
    why: KeepsOpen
    who: str


@dataclass(frozen=True, slots=True)
class HubDay:
    """A hub today: when it closes, who closed it, what keeps it open, when it reads again.

    `count` is of all its cases, also of those that this person may not read; `emergencies` of the
    calls for help that nobody has, or of which the hub did not say how they ended. `owed` and
    `unwritten` keep nothing open: what the other side has not accepted, and ends in no record yet.
    """

    hub_id: int
    code: str
    name: str
    closes_at: datetime | None
    reads_again: datetime | None
    closed_at: datetime | None
    closed_by: str
    blockers: tuple[Blocker, ...] = ()
    count: int = 0
    emergencies: int = 0
    owed: int = 0
    unwritten: int = 0

    @property
    def may_close(self) -> bool:
        """Whether nobody whom it owns is left."""
        return not self.count and not self.emergencies


def hub_days(hub_ids: Collection[int], *, at: datetime) -> tuple[HubDay, ...]:
    """These hubs with what keeps each open, by name. Six statements, whatever the number."""
    hours = hours_of(hub_ids, holidays=bank_holidays())
    closings, blockers = closings_of(hub_ids, on=local_day(at)), blockers_by_hub(hub_ids, at=at)
    found = Hub.objects.filter(pk__in=hub_ids).select_related("organisation")
    return tuple(
        replace(
            _day(hub, hours[hub.pk], closings.get(hub.pk), at=at),
            blockers=tuple(blockers[hub.pk]),
        )
        for hub in found.order_by("organisation__name", "pk")
    )


def blockers_of(hub_id: int, *, at: datetime) -> tuple[Blocker, ...]:
    """What keeps the hub open, most urgent first. Three statements."""
    return tuple(blockers_by_hub([hub_id], at=at)[hub_id])


def blockers_by_hub(hub_ids: Collection[int], *, at: datetime) -> dict[int, list[Blocker]]:
    """What keeps each of them open. Three statements, whatever the number."""
    day_ends = midnight(local_day(at) + timedelta(days=1))
    hours = hours_of(hub_ids, holidays=bank_holidays())
    again = {one: next_reading(at, hours[one], is_shut=True) for one in hub_ids}
    open_cases = Case.objects.filter(hub_id__in=hub_ids, lane=Lane.HUB, state__in=OPEN)
    cases = (
        names_of_case(open_cases)
        .select_related("booking__clinician__user", "claimed_by__user")
        .order_by("urgency", "due_at", "reference")
    )
    by_practice = _held_by_practice(open_cases)
    found: dict[int, list[Blocker]] = {one: [] for one in hub_ids}
    for case in cases:
        facts = _facts(case, by_practice, at=at)
        why = keeps_open(facts, now=at, day_ends=day_ends, reads_again=again[case.hub_id])
        if why is not None:
            found[case.hub_id].append(Blocker(row_of(case, at=at), why, _who(case, why)))
    return found


def hubs_past_close(hub_ids: Collection[int], *, at: datetime) -> tuple[HubDay, ...]:
    """Those whose hours are over today and that nobody has closed, uncounted. Three statements."""
    today, hours = local_day(at), hours_of(hub_ids, holidays=bank_holidays())
    closed = {hub_id for hub_id, _ in closed_days(hub_ids, [today])}
    late = [one for one in hub_ids if has_closed(at, hours[one]) and one not in closed]
    found = Hub.objects.filter(pk__in=late).select_related("organisation")
    hubs = found.order_by("organisation__name", "pk")
    return tuple(_day(hub, hours[hub.pk], None, at=at) for hub in hubs)


def _day(hub: Hub, hours: Hours, closing: HubClosing | None, *, at: datetime) -> HubDay:
    return HubDay(
        hub_id=hub.pk,
        code=hub.organisation.code,
        name=hub.organisation.name,
        closes_at=hours.closes_on(local_day(at)),
        reads_again=next_reading(at, hours, is_shut=True),
        closed_at=closing.closed_at if closing else None,
        closed_by=closing.closed_by.name if closing else "",
    )


def _held_by_practice(cases: QuerySet[Case]) -> set[int]:
    """The cases somebody took as the practice: its own GP may have one on a shift at the hub."""
    taken = CaseStep.objects.filter(case=OuterRef("pk"), step__in=TAKES, undone_by=None).order_by(
        "-id"
    )
    held = cases.annotate(held_as=Subquery(taken.values("role")[:1])).order_by("pk")
    return set(held.filter(held_as__in=PRACTICE_ROLES).values_list("pk", flat=True))


def _facts(case: Case, by_practice: set[int], *, at: datetime) -> HubCase:
    row = row_of(case, at=at)
    here = case.booking if case.booking and case.booking.hub_id == case.hub_id else None
    return HubCase(
        state=row.state,
        urgency=row.urgency,
        due_at=row.due_at,
        is_held=row.holder is not None,
        is_held_by_practice=case.pk in by_practice,
        seen_from=here.starts_at if here else None,
        seen_until=here.ends_at if here else None,
    )


def _who(case: Case, why: KeepsOpen) -> str:
    """Who has the case now."""
    if why is KeepsOpen.HELD and case.claimed_by is not None:
        return case.claimed_by.user.name
    if State(case.state) is State.BOOKED and case.booking is not None:
        return case.booking.clinician.user.name
    if why is KeepsOpen.HANDED_BACK:
        return f"{case.hub.organisation.name}, until {case.practice.organisation.name} accepts"
    return "Nobody has it"
