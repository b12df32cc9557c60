"""A network looks at lists that ended early: where and how many, never who."""

from datetime import datetime

from networks.queries.lists_ended import EndedList, lists_ended
from networks.queries.membership import hub_ids, member_ids
from practices.clock import local_day
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import NETWORK_ROLES

BECAUSE = "lists that ended early are counted over a network, without clinicians or patients"


def look_at_lists(*, by: Actor, at: datetime) -> list[EndedList]:
    """Today's lists at the network's practices and hubs, the latest first."""
    if not by.is_one_of(NETWORK_ROLES) or by.organisation_id is None:
        raise Forbidden("A network's manager or clinical lead looks at these.")
    mine = [*member_ids(by.organisation_id, on=local_day(at)), *hub_ids(by.organisation_id)]
    with everywhere(because=BECAUSE, at=at):
        return lists_ended(mine, at=at)
