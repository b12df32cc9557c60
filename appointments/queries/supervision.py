"""When: who works at a hub without anybody who answers for them."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from appointments.models import PausedList, Session
from practices.clock import local_day
from practices.models import Clinician, Membership
from practices.rules.professions import DEFAULTS, Profession

NEEDING = tuple(sorted(one.value for one in Profession if DEFAULTS[one].needs_supervisor))


def is_unled(clinician: Clinician, *, hub_id: int, day: date) -> bool:
    """Nobody is named to supervise who needs it, or has taken them over. One statement at most."""
    if clinician.profession not in NEEDING or clinician.supervisor_id is not None:
        return False
    taken = PausedList.objects.filter(hub=hub_id, day=day, taken_by__isnull=False)
    return not taken.filter(clinician=clinician).exists()


def unled(hub_id: int, *, at: datetime) -> QuerySet[Clinician]:
    """Who works at the hub today, needs a supervisor and has none, by name."""
    day = local_day(at)
    posts = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=day), organisation_id=hub_id, from_on__lte=day
    )
    sessions = Session.objects.filter(
        hub=hub_id, status=Session.Status.PUBLISHED, ends_at__gt=at, slots__day=day
    )
    taken = PausedList.objects.filter(hub=hub_id, day=day, taken_by__isnull=False)
    return (
        Clinician.objects.filter(profession__in=NEEDING, supervisor=None)
        .filter(Q(user__in=posts.values("user")) | Q(pk__in=sessions.values("clinician")))
        .exclude(pk__in=taken.values("clinician"))
        .select_related("user")
        .order_by("user__name", "pk")
    )
