"""Why: who a supervising clinician answers for today, and how it goes with them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from appointments.models import Session
from appointments.queries import DayMeter, meters_on
from practices.clock import local_day
from practices.models import Clinician
from triage.models import Case
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Supervisee:
    """Somebody I supervise: their day, their cases now, and until when their session runs."""

    day: DayMeter
    cases: int
    here_until: datetime | None


def supervisees(supervisor_id: int | None, *, at: datetime) -> tuple[Supervisee, ...]:
    """The people in reach who name this supervisor, by name. Ten statements at most."""
    if supervisor_id is None:
        return ()
    ids = list(
        Clinician.objects.filter(supervisor_id=supervisor_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not ids:
        return ()
    held = Case.objects.filter(
        claimed_by_id__in=ids, state=State.CLAIMED, lease_until__gt=at
    ).order_by("pk")
    cases = Counter(held.values_list("claimed_by_id", flat=True))
    running = Session.objects.filter(
        clinician_id__in=ids, status=Session.Status.PUBLISHED, starts_at__lte=at, ends_at__gt=at
    )
    until = dict(running.order_by("pk").values_list("clinician_id", "ends_at"))
    return tuple(
        Supervisee(day=day, cases=cases[day.clinician_id], here_until=until.get(day.clinician_id))
        for day in meters_on(ids, day=local_day(at))
    )
