"""Why: lists that may not run because nobody supervises them, and who is booked with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q

from appointments.models import Booking, NamedCover, PausedList, Session
from practices.clock import local_day
from practices.models import Clinician
from practices.queries import LimitNow
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.queries.movables import Movable, movables
from triage.queries.supervising import people_of


@dataclass(frozen=True, slots=True)
class BookedWith:
    """A paused list with patients still to come: whose, where, how many, and when the first."""

    clinician: str
    hub: str
    patients: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """A supervisor whose last session of the day is over, and the people who work on without."""

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


def supervisors_gone(*, before: datetime, at: datetime) -> tuple[Over, ...]:
    """Supervisors whose last session at a hub ended before, while their people work on there.

    Each once for that end: who came back since, or left by themselves, is not among them. Who has
    no session there today comes and goes as they say.
    """
    starts = midnight(local_day(at))
    today = Session.objects.filter(
        starts_at__gte=starts,
        starts_at__lt=midnight(local_day(at) + timedelta(days=1)),
        status=Session.Status.PUBLISHED,
        hub__isnull=False,
    ).order_by("pk")
    ends: dict[tuple[int, int], datetime] = {}
    for hub_id, clinician_id, ends_at in today.values_list("hub_id", "clinician_id", "ends_at"):
        if hub_id is not None:
            key = (hub_id, clinician_id)
            ends[key] = max(ends.get(key, ends_at), ends_at)
    lead = Clinician.objects.filter(supervisor__isnull=False).order_by("pk")
    leads = set(lead.values_list("supervisor_id", flat=True))
    took = PausedList.objects.filter(day=local_day(at), taken_by__isnull=False).order_by("pk")
    leads |= set(took.values_list("taken_by_id", flat=True))
    open_pauses = PausedList.objects.filter(day=local_day(at), until_at=None).order_by("pk")
    paused = set(open_pauses.values_list("hub_id", "clinician_id"))
    gone = sorted(key for key, end in ends.items() if key[1] in leads and end <= before)
    return tuple(
        Over(hub_id, supervisor_id, people)
        for hub_id, supervisor_id in gone
        if not _is_known(hub_id, supervisor_id, since=ends[hub_id, supervisor_id], at=at)
        and (
            people := tuple(
                one
                for one in people_of(supervisor_id, at=at)
                if (until := ends.get((hub_id, one))) is not None
                and until > at
                and (hub_id, one) not in paused
            )
        )
    )


def _is_known(hub_id: int, supervisor_id: int, *, since: datetime, at: datetime) -> bool:
    """Somebody said so already, or the supervisor answers by name after their session."""
    paused = PausedList.objects.filter(
        # Whom a colleague took over from too many says nothing of the others.
        Q(until_at=None) | Q(taken_by_id=supervisor_id),
        hub_id=hub_id,
        supervisor_id=supervisor_id,
        day=local_day(at),
        from_at__gte=since,
    )
    covers = NamedCover.objects.filter(
        organisation_id=hub_id, clinician_id=supervisor_id, withdrawn_at=None, ends_at__gt=at
    )
    return paused.exists() or covers.filter(starts_at__lte=at).exists()
