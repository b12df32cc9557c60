"""Why: lists that may not run because nobody supervises them, and who is booked with them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min

from appointments.models import Booking, NamedCover, PausedList, Session
from hubs.rules.supervision import alone_since
from practices.clock import local_day
from practices.models import Clinician
from practices.queries import LimitNow
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.queries.movables import Movable, movables


@dataclass(frozen=True, slots=True)
class BookedWith:
    """A paused list with patients still to come: whose, where, how many, and when the first."""

    clinician: str
    hub: str
    patients: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """A supervisor who is not there, and the people who work on without."""

    hub_id: int
    supervisor_id: int
    people: tuple[int, ...]


def paused_now(*, at: datetime) -> frozenset[tuple[int, int]]:
    """Clinician and hub of each list in reach that nobody supervises now. One statement."""
    found = PausedList.objects.filter(day=local_day(at), until_at=None).order_by("pk")
    return frozenset(found.values_list("clinician_id", "hub_id"))


def who_moves(
    limits: Mapping[int, LimitNow], used: Mapping[int, int], *, at: datetime
) -> tuple[list[Movable], frozenset[int]]:
    """The patients of who is past a limit or may not work now; and who may not. Five statements."""
    over = {pk for pk, limit in limits.items() if used.get(pk, 0) > limit.effective.points}
    paused = paused_now(at=at)
    alone = frozenset(pk for pk, _ in paused if pk in limits)
    found = movables(sorted(over | alone), at=at) if over or alone else []
    moving = [
        one
        for one in found
        if one.row.clinician_id in over or (one.row.clinician_id, one.row.hub_id) in paused
    ]
    return moving, alone


def booked_unsupervised(*, by: Actor, at: datetime) -> tuple[BookedWith, ...]:
    """Paused lists with patients of this practice, or of this hub, to come. Two statements."""
    mine = (
        {"hub_id": by.organisation_id}
        if by.role is Role.SUPERVISOR
        else {"practice_id__in": by.reach.own}
    )
    paused = paused_now(at=at)
    if not paused:
        return ()
    found = (
        Booking.objects.filter(
            clinician_id__in=[pk for pk, _ in paused],
            day=local_day(at),
            state="booked",
            ends_at__gt=at,
            **mine,
        )
        .values("clinician_id", "hub_id")
        .annotate(
            clinician_name=F("clinician__user__name"),
            hub_name=F("hub__organisation__name"),
            patients=Count("pk"),
            first_at=Min("starts_at"),
        )
    )
    return tuple(
        BookedWith(row["clinician_name"], row["hub_name"], row["patients"], row["first_at"])
        for row in found.order_by("first_at", "clinician_id")
        if (row["clinician_id"], row["hub_id"]) in paused
    )


def led_today(hub_id: int, *, at: datetime) -> dict[int, list[str]]:
    """By supervisor, who of their people has a session left at the hub today, by name.

    Whose list is paused is led by nobody. Three statements.
    """
    tomorrow = midnight(local_day(at) + timedelta(days=1))
    left = Session.objects.filter(
        hub=hub_id, status=Session.Status.PUBLISHED, ends_at__gt=at, starts_at__lt=tomorrow
    )
    here = Clinician.objects.filter(pk__in=left.values("clinician")).select_related("user")
    lists = PausedList.objects.filter(hub=hub_id, day=local_day(at)).order_by("pk")
    taken = dict(lists.values_list("clinician_id", "taken_by_id"))
    paused = {clinician for clinician, hub in paused_now(at=at) if hub == hub_id}
    led: dict[int, list[str]] = defaultdict(list)
    for one in here.order_by("user__name", "pk"):
        lead = taken.get(one.pk, one.supervisor_id)
        if lead is not None and one.pk not in paused:
            led[lead].append(one.user.name)
    return led


def supervisors_gone(*, before: datetime, at: datetime) -> tuple[Over, ...]:
    """Supervisors who have not been at a hub since before, while their people work on there.

    Who has said since that they are here, or answers by name now, is not among them. Who has no
    session there today comes and goes as they say. Five statements.
    """
    day = local_day(at)
    times = _times_today(at=at)
    taken = PausedList.objects.filter(day=day, taken_by__isnull=False).order_by("pk")
    lists = list(taken.values_list("hub_id", "clinician_id", "taken_by_id", "until_at"))
    led = Clinician.objects.filter(supervisor__isnull=False).order_by("pk")
    leads = dict(led.values_list("pk", "supervisor_id"))
    leads |= {clinician: by for _, clinician, by, _ in lists if by is not None}
    spoke = {(hub, by): until_at for hub, _, by, until_at in lists}
    covers = NamedCover.objects.filter(withdrawn_at=None, starts_at__lte=at, ends_at__gt=at)
    named = set(covers.order_by("pk").values_list("organisation_id", "clinician_id"))
    paused = {(hub, clinician) for clinician, hub in paused_now(at=at)}
    alone: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (hub_id, clinician_id), works in sorted(times.items()):
        lead = (hub_id, leads.get(clinician_id, 0))
        since = alone_since(works, times.get(lead, []), before=before, at=at)
        if since is None or (hub_id, clinician_id) in paused or lead in named:
            continue
        said_at = spoke.get(lead)
        if said_at is None or said_at < since:
            alone[lead].append(clinician_id)
    return tuple(Over(*lead, tuple(people)) for lead, people in sorted(alone.items()))


def _times_today(*, at: datetime) -> dict[tuple[int, int], list[tuple[datetime, datetime]]]:
    """When each clinician has sessions today, by hub and clinician. One statement."""
    today = Session.objects.filter(
        starts_at__gte=midnight(local_day(at)),
        starts_at__lt=midnight(local_day(at) + timedelta(days=1)),
        status=Session.Status.PUBLISHED,
        hub__isnull=False,
    ).order_by("pk")
    times: dict[tuple[int, int], list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in today:
        if one.hub_id is not None:
            times[one.hub_id, one.clinician_id].append((one.starts_at, one.ends_at))
    return times
