"""Closing a hub for the day: nobody it owns is left behind, and nobody slips in meanwhile."""

from dataclasses import replace
from datetime import datetime

from django.db import connection

from hubs import actions as hubs
from hubs.models import HubClosing
from hubs.queries import closing_of, reads_from
from practices import news
from practices.actions.reading import log_seen
from practices.clock import bank_holidays, local_day
from practices.doors import everywhere
from practices.models import Organisation
from practices.news import Subject
from practices.queries.organisations import organisation_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden
from practices.rules.roles import Role
from triage.actions.claiming import is_leased
from triage.actions.stepping import take_step
from triage.models import Case
from triage.queries.hub_day import HubDay, blockers_of, hub_days
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane
from triage.rules.last_call import LastCall, is_decided_today
from triage.rules.states import PLACED, State, Step

CALLED_FOR = 50
CLOSERS = frozenset({Role.SUPERVISOR, Role.MANAGER})


def look_at_hub_days(*, by: Actor, at: datetime) -> tuple[HubDay, ...]:
    """The hubs this person may close, and what keeps each open; whose names they saw is kept."""
    days = hub_days(by.reach.providers, at=at)
    with everywhere(because="a manager counts the cases of a hub without reading them", at=at):
        counted = tuple(replace(one, count=len(blockers_of(one.hub_id, at=at))) for one in days)
    seen = [blocker.row.patient_id for one in counted for blocker in one.blockers]
    log_seen(seen, page="hub_day", by=by, at=at)
    return counted


def close_hub(*, code: str, by: Actor, at: datetime) -> HubClosing:
    """The hub is closed for today; refused while it owns anybody who cannot rightly wait."""
    hub_id = _hub(code, by)
    _lock_day(hub_id, "pg_advisory_xact_lock")
    if closing_of(hub_id, on=local_day(at)) is not None:
        raise Conflict("The hub is closed for today already.")
    with everywhere(because="a hub is closed over every practice it serves", at=at):
        left = len(blockers_of(hub_id, at=at))
    if left:
        what = "1 case keeps" if left == 1 else f"{left} cases keep"
        raise Conflict(
            f"{what} the hub open. Each is finished, accepted by its practice, or with a duty"
            " clinician before the hub closes.",
            code="open_cases",
        )
    made = hubs.shut_hub(hub_id=hub_id, by=by, at=at)
    news.changed(Subject.CASES, hub_id)
    return made


def reopen_hub(*, code: str, by: Actor, at: datetime) -> HubClosing:
    """The hub reads again today."""
    hub_id = _hub(code, by)
    _lock_day(hub_id, "pg_advisory_xact_lock")
    news.changed(Subject.CASES, hub_id)
    return hubs.reopen_hub(hub_id=hub_id, by=by, at=at)


def read_by_hub(hub_id: int, *, at: datetime) -> datetime | None:
    """When the hub reads what is submitted now; None: at once.

    Until the transaction ends nobody closes the hub: a case is either counted by who closes, or
    knows that the hub was closed.
    """
    _lock_day(hub_id, "pg_advisory_xact_lock_shared")
    return reads_from(hub_id, at=at, holidays=bank_holidays())


def call_while_shut(case: Case, read_from: datetime | None, *, by: Actor, at: datetime) -> Case:
    """What may not wait until the hub opens, and nobody has, is the duty clinician's at once."""
    is_urgent = case.lane == Lane.HUB and is_decided_today(Urgency(f"P{case.urgency}"))
    is_anybodys = State(case.state) in PLACED or is_leased(case, at=at)
    if read_from is None or not is_urgent or is_anybodys:
        return case
    news.changed(Subject.ALARMS, case.practice_id)
    called = max(case.escalated, CALLED_FOR)
    return take_step(
        case, Step.CALL_FOR_HELP, by=by, at=at, code=LastCall.SHUT.value, escalated=called
    )


def _hub(code: str, by: Actor) -> int:
    hub_id = organisation_id(code, kind=Organisation.Kind.HUB, among=by.reach.providers)
    if hub_id is None:
        raise Absent
    if by.role not in CLOSERS:
        raise Forbidden("Only the hub's supervisor or a network manager closes it.")
    return hub_id


def _lock_day(hub_id: int, lock: str) -> None:
    """Whoever closes the hub waits for who submits, and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('hub_day'), %s)", [hub_id])
