"""Why: the central queue over all practices in reach, in the order people are looked after."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from triage.models import Case
from triage.queries.held import held, standing, waits
from triage.queries.queue_rows import Place, QueueRow, names_of_case, row_of
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane
from triage.rules.states import OPEN, State

PAGE = 50
# What the hub still has to do something about; a booked case is waiting for its day.
QUEUE: frozenset[State] = OPEN - {State.BOOKED}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases to list; nothing chosen is every open case in reach. Organisations by code."""

    states: frozenset[State] = OPEN
    urgencies: frozenset[Urgency] = frozenset()
    practice: str = ""
    hub: str = ""
    claimed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Whose work it is: mine, everybody's in reach, nobody's yet; and how the list was cut."""

    mine: int = 0
    queue: int = 0
    unassigned: int = 0
    late: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of the queue; `next` is where the following page starts, None at the end."""

    rows: tuple[QueueRow, ...]
    counts: Counts
    next: Place | None
    filters: Filters = field(default_factory=Filters)


def worklist(
    *,
    at: datetime,
    filters: Filters | None = None,
    clinician_id: int | None = None,
    after: Place | None = None,
    most: int = PAGE,
) -> Worklist:
    """Clinical cases in reach by class, due and reference. Two statements, whatever the number.

    `clinician_id` is whose cases count as mine.
    """
    filters = filters or Filters()
    chosen = names_of_case(Case.objects.filter(which(filters, at=at), lane=Lane.HUB))
    in_order = chosen.order_by("urgency", "due_at", "reference")
    found = list(_after(in_order, after)[: most + 1])
    rows = tuple(row_of(case, at=at) for case in found[:most])
    return Worklist(
        rows=rows,
        counts=_counts(filters, clinician_id, at=at),
        next=rows[-1].place if len(found) > most else None,
        filters=filters,
    )


def _is_live(clinician_id: int | None, *, at: datetime) -> Q:
    """Claimed, and the lease lives; by anybody where nobody is named."""
    who = Q() if clinician_id is None else Q(claimed_by_id=clinician_id)
    return held(at=at) & who


def which(filters: Filters, *, at: datetime) -> Q:
    which = standing(filters.states, at=at)
    if filters.urgencies:
        which &= Q(urgency__in=[urgency.rank for urgency in sorted(filters.urgencies)])
    if filters.practice:
        which &= Q(practice__organisation__code=filters.practice)
    if filters.hub:
        which &= Q(hub__organisation__code=filters.hub)
    if filters.claimed_by is not None:
        which &= _is_live(filters.claimed_by, at=at)
    return which


def _after(found: QuerySet[Case], place: Place | None) -> QuerySet[Case]:
    if place is None:
        return found
    same_class = Q(urgency=place.urgency)
    same_due = same_class & Q(due_at=place.due_at)
    return found.filter(
        Q(urgency__gt=place.urgency)
        | same_class & Q(due_at__gt=place.due_at)
        | same_due & Q(reference__gt=place.reference)
    )


def _counts(filters: Filters, clinician_id: int | None, *, at: datetime) -> Counts:
    """In one statement. Closed cases are read only where the filters ask for them."""
    states = [state.value for state in sorted(filters.states | QUEUE)]
    in_queue = Q(state__in=[state.value for state in sorted(QUEUE)])
    mine = _is_live(clinician_id, at=at) if clinician_id is not None else Q(pk__isnull=True)
    sums = Case.objects.filter(state__in=states, lane=Lane.HUB).aggregate(
        mine=Count("pk", filter=mine),
        queue=Count("pk", filter=in_queue),
        unassigned=Count("pk", filter=waits(at=at)),
        late=Count("pk", filter=in_queue & Q(due_at__lte=at)),
        found=Count("pk", filter=which(filters, at=at)),
    )
    return Counts(**sums)
