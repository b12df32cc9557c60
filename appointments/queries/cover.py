"""When: who answers for the queues in reach, hour by hour."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from appointments.models import NamedCover, PausedList, Session
from appointments.queries.supervision import NEEDING
from appointments.rules.cover import Away, Stretch, answers_alone, present
from appointments.rules.cover import gaps as gaps_of
from hubs.models import HubStaff
from hubs.queries import hub_hours
from hubs.rules.opening import Hours, Period, core_hours
from practices.clock import bank_holidays, local_day
from practices.models import Clinician, Membership, Organisation
from practices.rules.london import midnight
from practices.rules.professions import Profession

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue that somebody answers for: a hub's, or the duty list of a practice."""

    organisation_id: int
    code: str
    name: str
    phone: str
    is_hub: bool


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A dated row of the cover table."""

    public_id: uuid.UUID
    stretch: Stretch


def queues_of(organisation_ids: tuple[int, ...]) -> tuple[Queue, ...]:
    """The queues of these hubs and practices, hubs first. One statement."""
    found = Organisation.objects.filter(
        pk__in=organisation_ids, kind__in=[Organisation.Kind.HUB, Organisation.Kind.PRACTICE]
    )
    return tuple(
        Queue(
            organisation_id=row.pk,
            code=row.code,
            name=row.name,
            phone=row.hub.phone if row.kind == Organisation.Kind.HUB else row.practice.phone,
            is_hub=row.kind == Organisation.Kind.HUB,
        )
        for row in found.select_related("hub", "practice").order_by("kind", "name", "pk")
    )


def hours_of(organisation_id: int, *, is_hub: bool) -> Hours:
    """When the queue is open. One statement at most."""
    if is_hub:
        return hub_hours(organisation_id, holidays=bank_holidays())
    return core_hours(bank_holidays())


def stretches_on(queue: Queue, day: date) -> tuple[Stretch, ...]:
    """Who answers for the queue that day, by session or by name. Three statements.

    Who has left the house for good answers no longer; nor, by session, does a supervisor who has
    left, and whose list is paused.
    """
    return (*_sessions(queue, day), *(row.stretch for row in named_on(queue, day)))


def named_on(queue: Queue, day: date) -> tuple[NamedRow, ...]:
    """The dated rows of the day. One statement."""
    return tuple(
        NamedRow(
            row.public_id,
            Stretch(
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                clinician_id=row.clinician_id,
                name=row.clinician.user.name,
                phone=row.phone,
                is_named=True,
            ),
        )
        for row in _of_day(NamedCover.objects.filter(withdrawn_at=None), day)
        .filter(still_there("organisation", day), organisation_id=queue.organisation_id)
        .select_related("clinician__user")
        .order_by("starts_at", "pk")
    )


def gaps_on(queue: Queue, day: date) -> list[Period]:
    """The opening time of the day in which nobody answers. Four statements."""
    open_ = hours_of(queue.organisation_id, is_hub=queue.is_hub).periods_on(day)
    return gaps_of(open_, stretches_on(queue, day))


def may_cover(queue: Queue, *, on: date) -> tuple[tuple[int, str], ...]:
    """Who can be named to answer for the queue: id and name. One statement."""
    holds = Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))
    staff = HubStaff.objects.filter(holds, hub_id=queue.organisation_id).values("clinician_id")
    found = Clinician.objects.filter(
        Q(home_id=queue.organisation_id) | Q(pk__in=staff), user__is_active=True
    )
    return tuple(
        (one.pk, one.user.name)
        for one in found.select_related("user").order_by("user__name", "pk")
        if answers_alone(Profession(one.profession), at_hub=queue.is_hub)
    )


def answers_now(practice_id: int, *, at: datetime) -> bool:
    """Whether somebody answers for the practice's duty list at this moment. One statement."""
    now = {"starts_at__lte": at, "ends_at__gt": at}
    today = local_day(at)
    professions = [one.value for one in Profession if answers_alone(one, at_hub=False)]
    working = Session.objects.filter(
        still_there("practice", today),
        practice_id=practice_id,
        status=Session.Status.PUBLISHED,
        clinician__profession__in=professions,
        **now,
    )
    named = NamedCover.objects.filter(
        still_there("organisation", today),
        organisation_id=practice_id,
        withdrawn_at=None,
        **now,
    )
    return Organisation.objects.filter(Exists(working) | Exists(named), pk=practice_id).exists()


def still_there(house: str, day: date) -> Q:
    """A condition on a session or a named row: its clinician has not left the house for good.

    Who never had a post there, like a locum, has not left one.
    """
    mine = {"organisation_id": OuterRef(f"{house}_id"), "user": OuterRef("clinician__user_id")}
    posts = Membership.objects.filter(**mine)
    staff = HubStaff.objects.filter(
        hub_id=OuterRef(f"{house}_id"), clinician_id=OuterRef("clinician_id")
    )
    holds = Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))
    has_post = Exists(posts.filter(holds)) | Exists(staff.filter(holds))
    return Q(clinician__user__is_active=True) & (has_post | ~Exists(posts) & ~Exists(staff))


def _sessions(queue: Queue, day: date) -> list[Stretch]:
    house = "hub" if queue.is_hub else "practice"
    found = Session.objects.filter(
        still_there(house, day),
        status=Session.Status.PUBLISHED,
        **{f"{house}_id": queue.organisation_id},
    )
    away = _away(queue, day) if queue.is_hub else []
    sessions = [
        Stretch(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            clinician_id=one.clinician_id,
            name=one.clinician.user.name,
            phone=queue.phone,
        )
        for one in _of_day(found, day).select_related("clinician__user").order_by("starts_at", "pk")
        if answers_alone(Profession(one.clinician.profession), at_hub=queue.is_hub)
    ]
    return [part for one in sessions for part in present(one, away)]


def _away(queue: Queue, day: date) -> list[Away]:
    """Who is not there, though their session runs: whose list is paused, and who left it."""
    ends = midnight(day + timedelta(days=1))
    return [
        Away(who, row.from_at, row.until_at or ends)
        for row in PausedList.objects.filter(hub_id=queue.organisation_id, day=day).order_by("pk")
        for who in (row.clinician_id, row.supervisor_id)
    ]


def _of_day(found: QuerySet[Row], day: date) -> QuerySet[Row]:
    ends = midnight(day + timedelta(days=1))
    return found.filter(starts_at__lt=ends, ends_at__gt=midnight(day))


def nobody_at(hub: str, *, since: datetime, until: datetime) -> Q:
    """A condition: no clinician had a session at the hub in that column, or was named for it.

    Whose list is paused may take nobody, and the supervisor it is paused for has left; who needs a
    supervisor and has none may take nobody either.
    """
    during = {"starts_at__lte": until, "ends_at__gt": since}
    away = PausedList.objects.filter(
        Q(clinician=OuterRef("clinician")) | Q(supervisor=OuterRef("clinician")),
        hub=OuterRef("hub"),
        day=local_day(until),
        from_at__lte=since,
        until_at=None,
    )
    taken = PausedList.objects.filter(
        hub=OuterRef("hub"), clinician=OuterRef("clinician"), day=local_day(until)
    )
    is_led = (
        Q(clinician__supervisor__isnull=False)
        | ~Q(clinician__profession__in=NEEDING)
        | Exists(taken.filter(taken_by__isnull=False))
    )
    day = local_day(until)
    working = Session.objects.filter(
        still_there("hub", day),
        ~Exists(away),
        is_led,
        hub_id=OuterRef(hub),
        status=Session.Status.PUBLISHED,
        **during,
    )
    named = NamedCover.objects.filter(
        still_there("organisation", day),
        organisation_id=OuterRef(hub),
        withdrawn_at=None,
        **during,
    )
    return Q(~Exists(working)) & Q(~Exists(named))
