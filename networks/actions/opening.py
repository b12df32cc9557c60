"""Opening an imported network for training: a hub, agreements, staff and two weeks of rota.

Everything that can be mistaken for performance is invented, so nothing that names a real practice
stays beside it: the network and its practices keep their codes and dates, and are renamed
("Practice A", "Network U12345"); addresses and phones are cleared. A later `import_ods` leaves
these names alone. Only a training system does this.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from networks.actions.founding import go_live
from networks.actions.invented.making import Account, Making, check_training, open_days
from networks.actions.invented.names import staff_name
from networks.actions.invented.surroundings import hub_among
from networks.actions.invented.teams import Employed, publish_days, staff_hub, staff_practice
from networks.models import Network
from networks.queries import member_ids
from networks.rules.staffing import USUAL_LIST, name_of
from practices.actions import Place, add_person, join, rename_practices, set_password
from practices.models import Organisation, Practice
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from practices.rules.roles import NETWORK_ROLES, Role

WEEKS = 2
# Beside the clinicians of the team, who signs in: at the first practice, and for the network.
DESKS = (Role.RECEPTIONIST, Role.PRACTICE_MANAGER, Role.MANAGER, Role.CLINICAL_LEAD)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was made of a network; `already` means an earlier opening made it."""

    name: str
    practices: int
    without_list: int = 0
    clinicians: int = 0
    sessions: int = 0
    accounts: tuple[Account, ...] = ()
    already: bool = False


def open_network(*, code: str, password: str, by: Actor, at: datetime) -> Opened:
    """The imported network works: renamed, with a hub, agreements, staff, rota and accounts.

    Opening it again changes nothing.
    """
    check_training()
    # Invented people need no secrecy, and the same code makes the same people.
    making = Making(by=by, at=at, rng=Random(code))  # noqa: S311  (invented data, no secret)
    network = _imported(code)
    practices = _members(network, making)
    if network.is_live:
        return Opened(network.organisation.name, practices=len(practices), already=True)
    names = {practice.pk: name_of(place) for place, practice in enumerate(practices)}
    rename_practices(names=list(names.items()), by=by, at=at)
    hub_id = _hub(making, network, practices)
    hub_team = staff_hub(making, hub_id=hub_id, prefix=f"{code.lower()}_hub")
    teams = {
        practice.pk: staff_practice(
            making,
            practice_id=practice.pk,
            list_size=practice.list_size or USUAL_LIST,
            prefix=f"{code}_{names[practice.pk].removeprefix('Practice ')}".lower(),
        )
        for practice in practices
    }
    everybody = [*hub_team, *(person for team in teams.values() for person in team)]
    sessions = publish_days(making, people=everybody, days=open_days(making.monday, WEEKS))
    clinicians = [teams[practices[0].pk][0], *hub_team[:2]]
    return Opened(
        name=f"Network {code}",
        practices=len(practices),
        without_list=sum(1 for practice in practices if not practice.list_size),
        clinicians=len(everybody),
        sessions=sessions,
        accounts=tuple(_accounts(making, network, practices[0], clinicians, password)),
    )


def _imported(code: str) -> Network:
    network = (
        Network.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(organisation__code=code)
        .first()
    )
    if network is None:
        raise Refused(f"There is no network {code}. Import it first.", code="not_found")
    return network


def _members(network: Network, making: Making) -> list[Practice]:
    """The practices of the network today, in the order of their codes."""
    ids = member_ids(network.pk, on=making.today)
    found = Practice.objects.select_related("organisation").filter(pk__in=ids)
    practices = list(found.order_by("organisation__code"))
    if not practices:
        raise Refused(
            f"No practice belongs to {network.organisation.code} on {making.today}.",
            code="no_members",
        )
    return practices


def _hub(making: Making, network: Network, practices: Sequence[Practice]) -> int:
    """The network runs a hub of its own, under an invented code and name."""
    name = f"Network {network.organisation.code}"
    hub_id = hub_among(
        making,
        code=f"H{network.organisation.code}",
        place=Place(f"Hub of {name}"),
        list_sizes={practice.pk: practice.list_size or USUAL_LIST for practice in practices},
        travel_minutes={practice.pk: making.rng.randrange(5, 25, 5) for practice in practices},
    )
    go_live(network_id=network.pk, hub_id=hub_id, name=name, by=making.by, at=making.at)
    return hub_id


def _accounts(
    making: Making,
    network: Network,
    practice: Practice,
    clinicians: Sequence[Employed],
    password: str,
) -> Iterator[Account]:
    """People of each role can sign in, with the one password."""
    by, at, suffix = making.by, making.at, network.organisation.code.lower()
    codes = dict(Organisation.objects.values_list("pk", "code"))
    for role in DESKS:
        home = network.pk if role in NETWORK_ROLES else practice.pk
        user = add_person(
            username=f"{role}_{suffix}",
            name=staff_name(making.rng, making.taken),
            password=password,
            by=by,
            at=at,
        )
        member = join(
            user_id=user.pk,
            role=role,
            organisation_id=home,
            from_on=making.since,
            by=by,
            at=at,
        )
        yield Account(role, user.username, codes[home], member.pk)
    for role, person in zip((Role.DUTY, Role.SUPERVISOR, Role.CLINICIAN), clinicians, strict=True):
        set_password(user_id=person.user_id, password=password, by=by, at=at)
        assert person.membership_id is not None
        home_code = codes[person.organisation_id]
        yield Account(role, person.username, home_code, person.membership_id)
