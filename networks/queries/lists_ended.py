"""How well: lists that ended early today in a network, and what became of them. Counts alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from practices.clock import local_day
from practices.rules.london import midnight
from triage.models import GoneHome, Rehoming
from triage.rules.states import State

OUTCOME = Rehoming.Outcome
NOT_LOOKED_FOR = ~Q(patients__outcome=OUTCOME.PENDING)
WITHOUT = ~Q(patients__case__state__in=(State.BOOKED, State.CLOSED))


@dataclass(frozen=True, slots=True)
class EndedList:
    """One list: where, when, and how many of its patients are how far."""

    place: str
    said_at: datetime
    taken_back_at: datetime | None
    is_settled: bool
    patients: int
    placed: int
    duty: int
    without_place: int


def lists_ended(organisation_ids: Collection[int], *, at: datetime) -> list[EndedList]:
    """Today's lists of these organisations, the latest first; no name leaves. One statement."""
    found = GoneHome.objects.filter(
        organisation_id__in=organisation_ids,
        said_at__gt=midnight(local_day(at)),
        said_at__lte=at,
    ).annotate(
        everybody=Count("patients"),
        placed=Count("patients", filter=Q(patients__outcome=OUTCOME.PLACED)),
        duty=Count("patients", filter=Q(patients__outcome=OUTCOME.DUTY)),
        without=Count("patients", filter=NOT_LOOKED_FOR & WITHOUT),
    )
    return [
        EndedList(
            place=row.organisation.name,
            said_at=row.said_at,
            taken_back_at=row.taken_back_at,
            is_settled=row.settled_at is not None,
            patients=row.everybody,
            placed=row.placed,
            duty=row.duty,
            without_place=row.without,
        )
        for row in found.select_related("organisation").order_by("-said_at", "-id")
    ]
