"""Why: a hub's day in numbers for its wall: no patient, no clinician, no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from appointments.models import Session
from hubs.queries import practices_served
from practices.clock import local_day
from triage.models import Emergency, Wallboard
from triage.queries.escalation import unheld
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane


@dataclass(frozen=True, slots=True)
class Board:
    """Counts of one hub now. `waiting` is by class; `oldest`, `next_due` of what nobody has."""

    hub: str
    waiting: Mapping[Urgency, int]
    oldest: datetime | None
    next_due: datetime | None
    clinicians: int
    emergencies: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A display that shows a hub's board."""

    public_id: str
    hub: str
    name: str
    made_by: str
    made_at: datetime


def board_of(digest: str) -> Wallboard | None:
    """The display whose link has this digest, unless it was revoked. One statement."""
    found = Wallboard.objects.filter(digest=digest, revoked_at=None)
    return found.select_related("hub__organisation").first()


def counts_of(hub_id: int, name: str, *, at: datetime) -> Board:
    """The hub in numbers. Five statements."""
    waiting = unheld(at=at).filter(hub_id=hub_id, lane=Lane.HUB)
    classes = dict(waiting.order_by("urgency").values_list("urgency").annotate(number=Count("pk")))
    times = waiting.aggregate(oldest=Min("submitted_at"), next_due=Min("due_at"))
    working = Session.objects.filter(
        hub_id=hub_id, status=Session.Status.PUBLISHED, starts_at__lte=at, ends_at__gt=at
    )
    here = Q(hub_id=hub_id) | Q(practice_id__in=practices_served(hub_id, on=local_day(at)))
    return Board(
        hub=name,
        waiting={one: classes.get(one.rank, 0) for one in Urgency},
        oldest=times["oldest"],
        next_due=times["next_due"],
        clinicians=working.values("clinician_id").distinct().count(),
        emergencies=Emergency.objects.filter(here, acknowledged_at=None).count(),
    )


def boards_of(hub_ids: tuple[int, ...]) -> tuple[BoardRow, ...]:
    """The live displays of these hubs, oldest first. One statement."""
    found = Wallboard.objects.filter(hub_id__in=hub_ids, revoked_at=None)
    rows = found.select_related("hub__organisation", "made_by").order_by("made_at", "pk")
    return tuple(
        BoardRow(
            public_id=str(one.public_id),
            hub=one.hub.organisation.name,
            name=one.name,
            made_by=one.made_by.name,
            made_at=one.made_at,
        )
        for one in rows
    )
