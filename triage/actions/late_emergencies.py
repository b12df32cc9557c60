"""A manager is told of an emergency that nobody has, without a word of the patient."""

from datetime import datetime

from django.db.models import Q

from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.queries.late_emergencies import LateEmergency, late_emergencies

TOLD = frozenset({Role.PRACTICE_MANAGER, Role.MANAGER})


def emergencies_to_chase(*, by: Actor, at: datetime) -> tuple[LateEmergency, ...]:
    """Of a manager's practice, or of the hubs of their network: nobody had them in two minutes."""
    if not by.is_one_of(TOLD):
        return ()
    houses = Q(practice_id__in=by.reach.own)
    if by.role is Role.MANAGER:
        houses = Q(hub_id__in=by.reach.providers)
    with everywhere(because="a manager hears of an emergency without reading it", at=at):
        return late_emergencies(houses, at=at)
