"""Closing a hub for the day: nobody it owns is left behind, and nobody slips in meanwhile."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hubs import actions as hubs
from hubs.models import HubClosing
from hubs.queries import closing_of
from practices import news
from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.doors import everywhere
from practices.models import Organisation
from practices.news import Subject
from practices.queries.organisations import organisation_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden
from practices.rules.roles import Role
from triage.actions.shut_hub import lock_day
from triage.queries.done import unwritten_by_hub
from triage.queries.emergencies import emergencies_that_keep_open
from triage.queries.handovers import owed_counts
from triage.queries.hub_day import (
    HubDay,
    blockers_by_hub,
    blockers_of,
    hub_days,
    hubs_past_close,
)

CLOSERS = frozenset({Role.SUPERVISOR, Role.MANAGER})


def look_at_hub_days(*, by: Actor, at: datetime) -> tuple[HubDay, ...]:
    """The hubs this person may close, and what keeps each open; whose names they saw is kept."""
    counted = _with_owed(_counted(hub_days(by.reach.providers, at=at), at=at), at=at)
    seen = [blocker.row.patient_id for one in counted for blocker in one.blockers]
    log_seen(seen, page="hub_day", by=by, at=at)
    return counted


def hubs_left_open(*, by: Actor, at: datetime) -> tuple[HubDay, ...]:
    """The hubs this person may close, whose hours are over while they still own somebody."""
    if by.role not in CLOSERS:
        return ()
    days = _counted(hubs_past_close(by.reach.providers, at=at), at=at)
    return tuple(one for one in days if not one.may_close)


def close_hub(*, code: str, by: Actor, at: datetime) -> HubClosing:
    """The hub is closed for today; refused while it owns anybody who cannot rightly wait."""
    hub_id = _hub(code, by)
    lock_day(hub_id, "pg_advisory_xact_lock")
    if closing_of(hub_id, on=local_day(at)) is not None:
        raise Conflict("The hub is closed for today already.")
    with everywhere(because="a hub is closed over every practice it serves", at=at):
        left = len(blockers_of(hub_id, at=at))
        calls = emergencies_that_keep_open([hub_id])[hub_id]
    if calls:
        raise Conflict(
            "An emergency call is still open. Somebody takes it and says what happened before the"
            " hub closes.",
            code="open_emergency",
        )
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
    lock_day(hub_id, "pg_advisory_xact_lock")
    news.changed(Subject.CASES, hub_id)
    return hubs.reopen_hub(hub_id=hub_id, by=by, at=at)


def _with_owed(days: Iterable[HubDay], *, at: datetime) -> tuple[HubDay, ...]:
    """With what the hub still owes, so that nobody closes it unknowing."""
    found = tuple(days)
    ids = [one.hub_id for one in found]
    with everywhere(because="a manager counts what a hub owes without reading it", at=at):
        owed, unwritten = owed_counts(ids), unwritten_by_hub(ids, at=at)
    return tuple(
        replace(one, owed=owed[one.hub_id], unwritten=unwritten[one.hub_id]) for one in found
    )


def _counted(days: Iterable[HubDay], *, at: datetime) -> tuple[HubDay, ...]:
    """With the number of all that keeps each open, in reach or not."""
    found = tuple(days)
    ids = [one.hub_id for one in found]
    with everywhere(because="a manager counts the cases of a hub without reading them", at=at):
        blockers, calls = blockers_by_hub(ids, at=at), emergencies_that_keep_open(ids)
    return tuple(
        replace(one, count=len(blockers[one.hub_id]), emergencies=calls[one.hub_id])
        for one in found
    )


def _hub(code: str, by: Actor) -> int:
    hub_id = organisation_id(code, kind=Organisation.Kind.HUB, among=by.reach.providers)
    if hub_id is None:
        raise Absent
    if by.role not in CLOSERS:
        raise Forbidden("Only the hub's supervisor or a network manager closes it.")
    return hub_id
