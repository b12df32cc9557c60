"""Builds the Reach: the only place that knows practices, hubs and networks at once."""

from dataclasses import dataclass
from datetime import datetime

from hubs import queries as hubs
from networks import queries as networks
from practices import queries as practices
from practices.clock import local_day
from practices.doors import everywhere
from practices.models import Organisation, User
from practices.rules.reach import Actor, Reach
from practices.rules.roles import HUB_ROLES, NETWORK_ROLES


@dataclass(frozen=True, slots=True)
class Acting:
    """A signed-in person in one membership, with the words the header shows."""

    user: User
    actor: Actor
    organisation_name: str
    organisation_code: str
    network_name: str | None
    network_code: str | None
    memberships: int


def acting_in_browser(user_id: int, wanted: int | None, at: datetime) -> Acting | None:
    """The membership wanted, while it is live; nothing wanted yet means the first live one."""
    with everywhere(because="who is asking", at=at):
        live = practices.live_memberships(user_id, on=local_day(at))
        fitting = [row for row in live if wanted in (None, row.id)]
        return _acting(fitting[0], at=at, memberships=len(live)) if fitting else None


def acting_by_token(secret: str, at: datetime) -> Acting | None:
    """The membership of a live token; None when unknown, expired, revoked or left."""
    with everywhere(because="who is asking", at=at):
        membership = practices.membership_of_token(secret, on=local_day(at))
        return _acting(membership, at=at, memberships=1) if membership else None


def _acting(row: practices.LiveMembership, *, at: datetime, memberships: int) -> Acting:
    network = networks.network_of(row.organisation_id, on=local_day(at))
    reach = _reach(row, at=at, network_id=network.id if network else None)
    return Acting(
        user=row.user,
        actor=Actor(
            name=row.user.name,
            role=row.role,
            reach=reach,
            clinician_id=row.clinician_id,
            membership_id=row.id,
        ),
        organisation_name=row.organisation_name,
        organisation_code=row.organisation_code,
        network_name=network.name if network else None,
        network_code=network.code if network else None,
        memberships=memberships,
    )


def _reach(row: practices.LiveMembership, *, at: datetime, network_id: int | None) -> Reach:
    """Practice people reach their list and the hubs agreed with; hub people those they serve."""
    me, on = row.organisation_id, local_day(at)
    own: tuple[int, ...] = ()
    served: tuple[int, ...] = ()
    if row.role in NETWORK_ROLES:
        providers = networks.hub_ids(me)
    elif row.role in HUB_ROLES or row.organisation_kind == Organisation.Kind.HUB:
        providers, served = (me,), hubs.practices_served(me, on=on)
    else:
        own, providers = (me,), hubs.providers_of(me, on=on)
    return Reach(
        own=own,
        served=served,
        providers=providers,
        networks=(network_id,) if network_id else (),
        organisation_id=me,
        user_id=row.user.pk,
    )
