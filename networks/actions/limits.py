"""A network's limit, written down to its members as rows that practices understand."""

from datetime import datetime

from networks.models import Network
from networks.queries.membership import hub_ids, member_ids
from practices.actions import Aim, check_still_so, end_limits_of, replace_limit
from practices.clock import local_day
from practices.doors import everywhere
from practices.models import WorkingLimit
from practices.rules.limit_wishes import LimitWish, check_wish
from practices.rules.limits import Layer
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import NETWORK_ROLES

BECAUSE = "a network's limit stands at each of its members"


def set_network_limit(*, wish: LimitWish, by: Actor, at: datetime) -> WorkingLimit:
    """The limit holds for everybody at home in today's members and hubs who has no nearer one."""
    network_id = _network_of(by)
    check_wish(wish, today=local_day(at))
    check_still_so(Aim(Layer.NETWORK, organisation_id=network_id), wish, at=at)
    with everywhere(because=BECAUSE, at=at):
        rows = [replace_limit(aim, wish, by=by, at=at) for aim in _aims(network_id, at=at)]
    return rows[0]


def end_network_limits(*, by: Actor, at: datetime) -> Network:
    """From today on the network sets no limit; practices' and persons' stand as they were."""
    network_id = _network_of(by)
    with everywhere(because=BECAUSE, at=at):
        for aim in _aims(network_id, at=at):
            end_limits_of(aim, by=by, at=at)
    return Network.objects.get(pk=network_id)


def _network_of(by: Actor) -> int:
    if not by.is_one_of(NETWORK_ROLES) or by.organisation_id is None:
        raise Forbidden("Only the network’s manager or clinical lead sets its limit.")
    return by.organisation_id


def _aims(network_id: int, *, at: datetime) -> list[Aim]:
    """The network itself, where the decision is read, then everybody it binds."""
    bound = (*member_ids(network_id, on=local_day(at)), *hub_ids(network_id))
    return [Aim(Layer.NETWORK, organisation_id=pk) for pk in (network_id, *bound)]
