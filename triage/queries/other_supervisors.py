"""Why: who else supervises at the hub now, and whose people are too many for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from appointments.models import NamedCover, PausedList, Session
from hubs.rules.supervision import SUPERVISED_BY_ONE
from practices.clock import local_day
from practices.models import Clinician, Membership
from practices.rules.professions import Profession
from practices.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Watched:
    """Somebody who is here now and is supervised."""

    clinician_id: int
    name: str
    profession: Profession


@dataclass(frozen=True, slots=True)
class OtherSupervisor:
    """A supervisor of the hub: until when they are here, and whom they supervise at this moment."""

    clinician_id: int
    name: str
    here_until: datetime | None
    people: tuple[Watched, ...]

    @property
    def has_too_many(self) -> bool:
        """Whether these are more than one clinician may answer for."""
        return len(self.people) > SUPERVISED_BY_ONE


def other_supervisors(hub_id: int, *, but: int | None, at: datetime) -> tuple[OtherSupervisor, ...]:
    """Everybody else who supervises at the hub, by name. Three statements."""
    day = local_day(at)
    posts = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=day),
        from_on__lte=day,
        organisation_id=hub_id,
        role=Role.SUPERVISOR,
    )
    found = Clinician.objects.filter(user__in=posts.values("user")).exclude(pk=but or 0)
    running = Session.objects.filter(
        status=Session.Status.PUBLISHED, starts_at__lte=at, ends_at__gt=at
    ).select_related("clinician__user")
    here = {one.clinician_id: one for one in running.order_by("ends_at", "pk")}
    people = _watched((one.clinician for one in here.values()), at=at)
    return tuple(
        OtherSupervisor(
            clinician_id=one.pk,
            name=one.user.name,
            here_until=here[one.pk].ends_at if one.pk in here else None,
            people=tuple(people[one.pk]),
        )
        for one in found.select_related("user").order_by("user__name", "pk")
    )


def supervisors_here(hub_id: int, *, at: datetime) -> tuple[str, ...]:
    """Who of the hub's supervisors is there now, by name: by session, by name or by their word.

    Who left said so. Six statements.
    """
    lists = PausedList.objects.filter(hub=hub_id, day=local_day(at)).order_by("pk")
    rows = list(lists.values_list("supervisor_id", "taken_by_id", "until_at"))
    left = {one for one, _, until_at in rows if until_at is None}
    covers = NamedCover.objects.filter(
        organisation_id=hub_id, withdrawn_at=None, starts_at__lte=at, ends_at__gt=at
    )
    spoke = {by for _, by, _ in rows}
    named = spoke | set(covers.order_by("pk").values_list("clinician_id", flat=True))
    return tuple(
        one.name
        for one in other_supervisors(hub_id, but=None, at=at)
        if one.clinician_id not in left and (one.here_until or one.clinician_id in named)
    )


def _watched(here: Iterable[Clinician], *, at: datetime) -> dict[int, list[Watched]]:
    """Whom each supervisor watches over now: as they are named, or as they were taken over."""
    lists = PausedList.objects.filter(day=local_day(at)).order_by("pk")
    taken: dict[int, int | None] = {one.clinician_id: one.taken_by_id for one in lists}
    people: dict[int, list[Watched]] = defaultdict(list)
    for one in sorted(here, key=lambda clinician: (clinician.user.name, clinician.pk)):
        by = taken.get(one.pk, one.supervisor_id)
        if by is not None:
            people[by].append(Watched(one.pk, one.user.name, Profession(one.profession)))
    return people
