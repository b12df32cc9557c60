"""Why: what a clinician's queue page answers, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime

from appointments.queries.supervision import unled
from hubs.queries import hub_of_practice
from practices.clock import local_day
from practices.models import Practice
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES, Role
from triage.queries.colleagues import Offered, offered_to
from triage.queries.my_day import MyDay, my_day
from triage.queries.next_up import next_up
from triage.queries.queue_rows import Place, QueueRow
from triage.queries.saved_filters import Saved, saved_filters
from triage.queries.supervising import Pause, Supervisee, pause_of, supervisees
from triage.queries.worklist import Filters, Worklist, worklist


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue as one clinician sees it."""

    list: Worklist
    next_up: QueueRow | None
    meter: MyDay | None
    practices: tuple[tuple[str, str], ...]
    supervisees: tuple[Supervisee, ...]
    pause: Pause | None
    is_unled: bool
    offered: tuple[Offered, ...]
    saved: tuple[Saved, ...]


def queue_page(
    *, by: Actor, at: datetime, filters: Filters, after: Place | None = None
) -> QueuePage:
    """The list, what comes next, my meter and the practices to filter by."""
    return QueuePage(
        list=worklist(at=at, filters=filters, clinician_id=by.clinician_id, after=after),
        next_up=next_up(hub_of(by, at=at), by.clinician_id, at=at),
        meter=my_day(by, at=at),
        practices=_practices(by),
        supervisees=supervisees(by.clinician_id, at=at) if by.role is Role.SUPERVISOR else (),
        pause=pause_of(by.clinician_id, hub_id=by.organisation_id, at=at)
        if by.role is Role.CLINICIAN
        else None,
        is_unled=_is_unled(by, at=at),
        offered=offered_to(by.clinician_id, at=at),
        saved=saved_filters(by=by),
    )


def _is_unled(by: Actor, *, at: datetime) -> bool:
    """Whether this person of the hub needs a supervisor and has none. One statement at most."""
    if by.role is not Role.CLINICIAN or by.organisation_id is None or by.clinician_id is None:
        return False
    return unled(by.organisation_id, at=at).filter(pk=by.clinician_id).exists()


def hub_of(by: Actor, *, at: datetime) -> int | None:
    """The hub whose queue this person takes from: their own, or their practice's."""
    if by.organisation_id is None or by.is_one_of(HUB_ROLES):
        return by.organisation_id
    return hub_of_practice(by.organisation_id, on=local_day(at))


def _practices(by: Actor) -> tuple[tuple[str, str], ...]:
    """Code and name of each practice whose cases are in reach. One statement."""
    found = Practice.objects.filter(pk__in=[*by.reach.own, *by.reach.served])
    rows = found.order_by("organisation__name", "pk")
    return tuple(rows.values_list("organisation__code", "organisation__name"))
