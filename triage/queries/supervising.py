"""Why: who a supervising clinician answers for today, and how it goes with them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from appointments.models import PausedList, Session
from appointments.queries import DayMeter, meters_on
from practices.clock import local_day
from practices.models import Clinician
from triage.models import Case
from triage.queries.held import held


@dataclass(frozen=True, slots=True)
class Supervisee:
    """Somebody I supervise: their day, their cases now, and until when their session runs."""

    day: DayMeter
    cases: int
    here_until: datetime | None


@dataclass(frozen=True, slots=True)
class Pause:
    """A list that nobody supervises now: whose, since when, and who has left."""

    clinician_id: int
    clinician: str
    supervisor_id: int
    supervisor: str
    from_at: datetime


def people_of(supervisor_id: int, *, at: datetime) -> list[int]:
    """The clinicians in reach who name this supervisor, or whom they took over today.

    Whom somebody else took over is not among them. Two statements.
    """
    taken = PausedList.objects.filter(day=local_day(at), taken_by__isnull=False).order_by("pk")
    now_with = dict(taken.values_list("clinician_id", "taken_by_id"))
    mine = [pk for pk, who in now_with.items() if who == supervisor_id]
    elsewhere = set(now_with) - set(mine)
    found = Clinician.objects.filter(Q(supervisor_id=supervisor_id) | Q(pk__in=mine))
    return [pk for pk in found.order_by("pk").values_list("pk", flat=True) if pk not in elsewhere]


def here_until(clinician_ids: list[int], *, at: datetime) -> dict[int, datetime]:
    """Who of these has a session now, and when it ends. One statement."""
    running = Session.objects.filter(
        clinician_id__in=clinician_ids,
        status=Session.Status.PUBLISHED,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    return dict(running.order_by("pk").values_list("clinician_id", "ends_at"))


def supervisees(supervisor_id: int | None, *, at: datetime) -> tuple[Supervisee, ...]:
    """The people in reach who are this supervisor's today, by name. Eleven statements at most."""
    if supervisor_id is None:
        return ()
    ids = people_of(supervisor_id, at=at)
    if not ids:
        return ()
    in_hand = Case.objects.filter(held(at=at), claimed_by_id__in=ids).order_by("pk")
    cases = Counter(in_hand.values_list("claimed_by_id", flat=True))
    until = here_until(ids, at=at)
    return tuple(
        Supervisee(day=day, cases=cases[day.clinician_id], here_until=until.get(day.clinician_id))
        for day in meters_on(ids, day=local_day(at))
    )


def pauses(hub_id: int, *, at: datetime) -> tuple[Pause, ...]:
    """The hub's lists that nobody supervises now, oldest first. One statement."""
    found = PausedList.objects.filter(hub_id=hub_id, day=local_day(at), until_at=None)
    rows = found.select_related("clinician__user", "supervisor__user").order_by("from_at", "pk")
    return tuple(
        Pause(
            clinician_id=row.clinician_id,
            clinician=row.clinician.user.name,
            supervisor_id=row.supervisor_id,
            supervisor=row.supervisor.user.name,
            from_at=row.from_at,
        )
        for row in rows
    )


def pause_of(clinician_id: int | None, *, hub_id: int | None, at: datetime) -> Pause | None:
    """Why nobody new comes to this clinician at the hub now; None: they come. One statement."""
    if clinician_id is None or hub_id is None:
        return None
    return next((one for one in pauses(hub_id, at=at) if one.clinician_id == clinician_id), None)
