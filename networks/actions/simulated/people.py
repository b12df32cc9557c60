"""Who is there: somebody in each role, and those who triage with their own list closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from appointments.actions import cancel_session
from appointments.models import Booking, Session
from hubs.rules.scope import may_triage
from networks.actions.invented.making import Making
from networks.actions.invented.names import staff_name
from practices.actions import add_person, join
from practices.models import Membership
from practices.rules.london import instant
from practices.rules.professions import Profession
from practices.rules.roles import CLINICAL_ROLES, Role

# In a smaller team nobody's list is closed for triage.
SMALLEST_TEAM = 3


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in one membership; a clinician where they are one."""

    user_id: int
    membership_id: int
    clinician_id: int | None = None
    profession: Profession | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def member(making: Making, organisation_id: int, role: Role, code: str) -> Member:
    """Whoever has the role there; a new colleague where nobody has."""
    found = _memberships(organisation_id, making.today).filter(role=role.value).first()
    if found is None:
        name = staff_name(making.rng, making.taken)
        user = add_person(
            username=f"{role}_{code.lower()}",
            name=name,
            password=None,
            by=making.by,
            at=making.at,
        )
        found = join(
            user_id=user.pk,
            role=role,
            organisation_id=organisation_id,
            from_on=making.since,
            by=making.by,
            at=making.at,
        )
    return Member(found.user_id, found.pk)


def second_lead(making: Making, network_id: int, code: str, *, first: Member) -> Member:
    """Another clinical lead. The name is no dice's: the others keep theirs."""
    leads = _memberships(network_id, making.today).filter(role=Role.CLINICAL_LEAD.value)
    found = leads.exclude(user_id=first.user_id).first()
    if found is None:
        user = add_person(
            username=f"{Role.CLINICAL_LEAD}_second_{code.lower()}",
            name="Dr Ingrid Halloran",
            password=None,
            by=making.by,
            at=making.at,
        )
        found = join(
            user_id=user.pk,
            role=Role.CLINICAL_LEAD,
            organisation_id=network_id,
            from_on=making.since,
            by=making.by,
            at=making.at,
        )
    return Member(found.user_id, found.pk)


def _memberships(organisation_id: int, day: date) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(organisation_id=organisation_id, from_on__lte=day)
        .exclude(until_on__lte=day)
        .select_related("user__clinician")
        .order_by("pk")
    )


def clinicians(organisation_id: int, day: date) -> tuple[Member, ...]:
    """Who may act clinically there and has a session that day, in the order of joining.

    Whoever has two such roles there works once, in the first of them.
    """
    start = instant(day, time(0))
    sessions = Session.objects.filter(
        starts_at__gte=start,
        starts_at__lt=start + timedelta(days=1),
        status=Session.Status.PUBLISHED,
    ).order_by("starts_at", "pk")
    hours: dict[int, tuple[datetime, datetime]] = {}
    for pk, starts_at, ends_at in sessions.values_list("clinician_id", "starts_at", "ends_at"):
        hours[pk] = (hours.get(pk, (starts_at,))[0], ends_at)
    found = _memberships(organisation_id, day).filter(
        role__in=[role.value for role in CLINICAL_ROLES], user__clinician__in=hours
    )
    people: dict[int, Member] = {}
    for one in found:
        me = one.user.clinician
        member = Member(one.user_id, one.pk, me.pk, Profession(me.profession), *hours[me.pk])
        people.setdefault(one.user_id, member)
    return tuple(people.values())


def free_for_triage(making: Making, team: Sequence[Member], number: int) -> tuple[Member, ...]:
    """Those who triage today; a list nobody has booked yet is closed for it.

    Empty lists first, so that nobody is displaced. In a small team, and where all have patients,
    they triage between them.
    """
    able = [one for one in team if one.profession is not None and may_triage(one.profession)]
    booked = set(
        Booking.objects.filter(day=making.today, state__in=("held", "booked", "arrived"))
        .values_list("clinician_id", flat=True)
        .distinct()
    )
    # At a hub the ANPs: its GPs are scarce and supervise.
    able.sort(key=lambda one: (one.clinician_id in booked, one.profession is Profession.GP))
    chosen = able[:number]
    for one in chosen:
        if one.clinician_id and one.clinician_id not in booked and len(able) >= SMALLEST_TEAM:
            _close_list(making, one.clinician_id)
    return tuple(chosen)


def _close_list(making: Making, clinician_id: int) -> None:
    sessions = Session.objects.filter(
        clinician_id=clinician_id,
        slots__day=making.today,
        status=Session.Status.PUBLISHED,
    )
    for session_id in sorted(set(sessions.values_list("pk", flat=True))):
        cancel_session(session_id=session_id, reason="triages today", by=making.by, at=making.at)
