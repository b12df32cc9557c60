"""Why: a hub's day in numbers for its wall: no patient, no clinician, no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from appointments.models import Session
from hubs.queries import practices_served
from practices.clock import local_day
from triage.models import Emergency, Wallboard
from triage.queries.emergencies import NOBODYS
from triage.queries.escalation import unheld
from triage.queries.unread import BELOW_EMERGENCY
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane

# A link that nobody thinks of ends by itself; a display that stays is given a new one.
LASTS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Board:
    """Counts of one hub now. `waiting` is by class; `oldest`, `next_due` of what nobody has."""

    hub: str
    waiting: Mapping[Urgency, int]
    oldest: datetime | None
    next_due: datetime | None
    clinicians: int
    emergencies: int
    unread: int
    unread_late: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A display that shows a hub's board."""

    public_id: str
    hub: str
    name: str
    made_by: str
    made_at: datetime
    until_on: date


def board_of(digest: str, *, at: datetime) -> Wallboard | None:
    """The display whose link has this digest, unless it ran out or was revoked. One statement."""
    found = _live(at=at).filter(digest=digest)
    return found.select_related("hub__organisation").first()


def _live(*, at: datetime) -> QuerySet[Wallboard]:
    """Neither revoked nor run out."""
    return Wallboard.objects.filter(revoked_at=None, made_at__gt=at - LASTS)


def counts_of(hub_id: int, name: str, *, at: datetime) -> Board:
    """The hub in numbers. Five statements."""
    waiting = unheld(at=at).filter(hub_id=hub_id, lane=Lane.HUB)
    classes = dict(waiting.order_by("urgency").values_list("urgency").annotate(number=Count("pk")))
    unread = BELOW_EMERGENCY & Q(read_due_at__isnull=False)
    times = waiting.aggregate(
        oldest=Min("submitted_at"),
        next_due=Min("due_at"),
        unread=Count("pk", filter=unread),
        unread_late=Count("pk", filter=unread & Q(read_due_at__lte=at)),
    )
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
        emergencies=Emergency.objects.filter(here, NOBODYS).count(),
        unread=times["unread"],
        unread_late=times["unread_late"],
    )


def boards_of(hub_ids: tuple[int, ...], *, at: datetime) -> tuple[BoardRow, ...]:
    """The live displays of these hubs, oldest first. One statement."""
    found = _live(at=at).filter(hub_id__in=hub_ids)
    rows = found.select_related("hub__organisation", "made_by").order_by("made_at", "pk")
    return tuple(
        BoardRow(
            public_id=str(one.public_id),
            hub=one.hub.organisation.name,
            name=one.name,
            made_by=one.made_by.name,
            made_at=one.made_at,
            until_on=local_day(one.made_at + LASTS),
        )
        for one in rows
    )
