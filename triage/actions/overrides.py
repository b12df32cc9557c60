"""Reading which rules were passed over: whoever answers for a house, without its patients."""

from dataclasses import replace
from datetime import datetime

from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import NETWORK_ROLES, Role
from triage.queries.overrides import OverrideRow, overrides

READERS = NETWORK_ROLES | {Role.PRACTICE_MANAGER, Role.SUPERVISOR}


def look_at_overrides(*, by: Actor, at: datetime) -> tuple[OverrideRow, ...]:
    """Of the practice, or of the hubs a person of the hub or its network answers for.

    The words somebody typed may name a patient in spite of the hint: a network reads none.
    """
    if not by.is_one_of(READERS):
        raise Forbidden("Only who answers for a practice, a hub or a network reads this.")
    houses = by.reach.own if by.role is Role.PRACTICE_MANAGER else by.reach.providers
    with everywhere(because="a network's people read its overrides without the patients", at=at):
        found = overrides(houses, at=at)
    return tuple(replace(one, reason="") for one in found) if by.is_one_of(NETWORK_ROLES) else found
