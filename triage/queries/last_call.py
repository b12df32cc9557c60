"""Why: what nobody has although a door closes soon, and queues that nobody is at."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from appointments.queries.cover import nobody_at
from hubs.queries import hours_of, hub_hours
from hubs.rules.opening import Hours, core_hours
from practices.clock import bank_holidays, local_day
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES
from triage.models import Case, CaseStep
from triage.queries.escalation import unheld
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane
from triage.rules.last_call import (
    UNWATCHED_AFTER,
    WATCHED,
    LastCall,
    decide_before,
    has_closed,
    is_decided_today,
    minutes_called,
)
from triage.rules.states import Step

TODAY_RANKS = [one.rank for one in Urgency if is_decided_today(one)]
WATCHED_RANKS = sorted(one.rank for one in WATCHED)


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Cases that nobody has, most urgent first, and when the door closes."""

    before: datetime | None = None
    rows: tuple[QueueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A hub's queue with urgent cases and nobody at it: how many, and since when the oldest."""

    hub: str
    cases: int
    since: datetime


def last_calls_due(*, at: datetime) -> tuple[tuple[str, LastCall], ...]:
    """Case and call for each call nobody made yet, most urgent first. Three statements."""
    found = unheld(at=at).filter(urgency__in=TODAY_RANKS, lane=Lane.HUB)
    cases = list(found.order_by("urgency", "due_at", "reference"))
    core = core_hours(bank_holidays())
    hubs = hours_of({one.hub_id for one in cases}, holidays=bank_holidays())
    made = calls_made([one.pk for one in cases], at=at)
    return tuple(
        (one.reference, call)
        for one in cases
        for call in _calls(at, core, hubs[one.hub_id])
        if call not in made[one.pk]
    )


def calls_made(case_ids: Iterable[int], *, at: datetime) -> dict[int, set[str]]:
    """The calls before a close that were made today, by case. One statement."""
    made: dict[int, set[str]] = defaultdict(set)
    found = CaseStep.objects.filter(
        case_id__in=list(case_ids), step=Step.CALL_FOR_HELP, at__gte=midnight(local_day(at))
    )
    for case_id, code in found.order_by("pk").values_list("case_id", "code"):
        made[case_id].add(code)
    return made


def sent_to_duty(references: Collection[str], *, at: datetime) -> dict[str, datetime]:
    """When a desk sent each of these cases to the duty clinician today. One statement."""
    found = CaseStep.objects.filter(
        case__reference__in=references,
        step=Step.CALL_FOR_HELP,
        code=LastCall.DESK,
        at__gte=midnight(local_day(at)),
    )
    return dict(found.order_by("pk").values_list("case__reference", "at"))


def to_decide(*, by: Actor, at: datetime) -> ToDecide:
    """What falls to this person before their door closes. Two statements at most."""
    before = decide_before(at, _own_hours(by))
    if before is None:
        return ToDecide()
    mine = (
        {"hub_id": by.organisation_id}
        if by.is_one_of(HUB_ROLES)
        else {"practice_id__in": by.reach.own}
    )
    found = unheld(at=at).filter(urgency__in=TODAY_RANKS, lane=Lane.HUB, **mine)
    cases = names_of_case(found).order_by("urgency", "due_at", "reference")
    return ToDecide(before, tuple(row_of(case, at=at) for case in cases))


def unwatched(*, by: Actor, at: datetime) -> tuple[Unwatched, ...]:
    """Queues in reach with urgent cases that nobody was at for ten minutes. One statement."""
    found = (
        unheld(at=at)
        .filter(
            nobody_at("hub_id", since=at - UNWATCHED_AFTER, until=at),
            urgency__in=WATCHED_RANKS,
            lane=Lane.HUB,
            hub_id__in=by.reach.providers,
            submitted_at__lte=at - UNWATCHED_AFTER,
        )
        .select_related("hub__organisation")
        .order_by("submitted_at", "pk")
    )
    by_hub: dict[int, list[Case]] = defaultdict(list)
    for case in found:
        by_hub[case.hub_id].append(case)
    return tuple(
        Unwatched(cases[0].hub.organisation.name, len(cases), cases[0].submitted_at)
        for cases in by_hub.values()
    )


def _own_hours(by: Actor) -> Hours:
    if by.is_one_of(HUB_ROLES) and by.organisation_id is not None:
        return hub_hours(by.organisation_id, holidays=bank_holidays())
    return core_hours(bank_holidays())


def _calls(at: datetime, core: Hours, hub: Hours) -> list[LastCall]:
    doors = (("practice", minutes_called(at, core)), ("hub", minutes_called(at, hub)))
    due = [LastCall(f"{door}_{minutes}") for door, minutes in doors if minutes is not None]
    return [*due, *([LastCall.HUB_SHUT] if has_closed(at, hub) else [])]
