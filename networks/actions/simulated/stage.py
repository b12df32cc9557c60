"""Who plays on the day: the network's practices and hub, with somebody in each role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from appointments.models import Slot
from networks.actions.invented.making import Making, check_training
from networks.actions.simulated.books import fill_books
from networks.actions.simulated.lists import deal
from networks.actions.simulated.people import (
    Member,
    clinicians,
    free_for_triage,
    member,
    second_lead,
)
from networks.models import Network
from networks.queries import hub_ids, member_ids
from networks.rules.staffing import USUAL_LIST
from practices.actions import Listed, set_limit_mode
from practices.models import Practice
from practices.rules.london import instant
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from practices.rules.roles import Role
from triage.actions.protocols import sign_usual_protocols
from triage.models import Case
from triage.queries.protocols import protocols_of

DESK_ROLES = (Role.RECEPTIONIST, Role.PRACTICE_MANAGER)
# Before anybody works or asks; and how many of the hub triage for the whole network.
BEGINS, HUB_TRIAGERS = time(6), 2
PATIENTS_PER_TRIAGER = 6000


@dataclass(frozen=True, slots=True)
class House:
    """A practice on the day. `triagers` have closed their own list and answer for its duty."""

    id: int
    code: str
    name: str
    list_size: int
    limit_mode: str
    desk: Member
    manager: Member
    gps: tuple[Member, ...]
    triagers: tuple[Member, ...]
    patients: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The network as it stands at six in the morning."""

    day: date
    network_id: int
    hub_id: int
    houses: tuple[House, ...]
    hub_team: Mapping[int, Member]
    hub_triagers: tuple[Member, ...]
    planned: int
    earlier_cases: int

    @property
    def begins_at(self) -> datetime:
        """The first minute of the day."""
        return instant(self.day, BEGINS)

    @property
    def organisation_ids(self) -> tuple[int, ...]:
        """The practices and the hub."""
        return (*(house.id for house in self.houses), self.hub_id)


def set_stage(
    *, code: str, day: date, seed: int, again: bool, enforce: bool, by: Actor, at: datetime
) -> Stage:
    """The day can begin: people in every role, lists, protocols and books. `at` is its start."""
    check_training()
    network = _network(code)
    practices = _practices(network, day)
    hub_id = _hub(network, practices, day)
    earlier = Case.objects.filter(
        practice__in=practices,
        submitted_at__gte=instant(day, time(0)),
        submitted_at__lt=instant(day + timedelta(days=1), time(0)),
    ).count()
    if earlier and not again:
        raise Refused(
            f"{code} has {earlier:,} cases on {day} already. "
            "Choose another date, or add a second day on top with --again.",
            code="again",
        )
    making = Making(by=by, at=at, rng=Random(f"{seed} {code} {day}"))  # noqa: S311 - invented
    _sign_protocols(making, network.pk, hub_id, code)
    hub_team = clinicians(hub_id, day)
    hub_triagers = free_for_triage(making, hub_team, HUB_TRIAGERS)
    houses = [_house(making, practice, enforce=enforce) for practice in practices]
    planned = fill_books(making, {house.id: house.patients for house in houses})
    return Stage(
        day=day,
        network_id=network.pk,
        hub_id=hub_id,
        houses=tuple(houses),
        hub_team={one.clinician_id: one for one in hub_team if one.clinician_id},
        hub_triagers=hub_triagers,
        planned=planned,
        earlier_cases=Case.objects.count(),
    )


def _network(code: str) -> Network:
    found = Network.objects.select_related("organisation").filter(organisation__code=code)
    network = found.first()
    if network is None or not network.is_live:
        raise Refused(
            f"There is no open network {code}. Open it first: manage open_network {code}.",
            code="not_found",
        )
    return network


def _practices(network: Network, day: date) -> list[Practice]:
    ids = member_ids(network.pk, on=day)
    found = Practice.objects.select_related("organisation").filter(pk__in=ids)
    practices = list(found.order_by("organisation__code"))
    if not practices:
        raise Refused(f"No practice belongs to the network on {day}.", code="no_members")
    return practices


def _hub(network: Network, practices: Sequence[Practice], day: date) -> int:
    """The network's hub, where somebody works that day, and in each practice too."""
    hubs = hub_ids(network.pk)
    if not hubs:
        raise Refused("The network has no hub.", code="no_hub")
    slots = Slot.objects.filter(day=day, status=Slot.Status.OPEN)
    open_at = set(slots.values_list("practice_id", flat=True).distinct())
    shut = [one.organisation.name for one in practices if one.pk not in open_at]
    if shut or not slots.filter(hub_id=hubs[0]).exists():
        where = ", ".join(shut) or "the hub"
        raise Refused(
            f"Nobody works at {where} on {day}. Choose a day with a published rota.",
            code="no_rota",
        )
    return hubs[0]


def _house(making: Making, practice: Practice, *, enforce: bool) -> House:
    code, mode = practice.organisation.code, practice.limit_mode
    if enforce and mode != "enforce":
        mode = "enforce"
        set_limit_mode(practice_id=practice.pk, mode=mode, by=making.by, at=making.at)
    desk, manager = (member(making, practice.pk, role, code) for role in DESK_ROLES)
    gps = tuple(
        one for one in clinicians(practice.pk, making.today) if one.profession is Profession.GP
    )
    size = practice.list_size or USUAL_LIST
    triagers = free_for_triage(making, gps, max(1, size // PATIENTS_PER_TRIAGER))
    if not triagers:
        raise Refused(f"No GP is in at {practice.organisation.name}.", code="no_duty")
    return House(
        id=practice.pk,
        code=code,
        name=practice.organisation.name,
        list_size=size,
        limit_mode=mode,
        desk=desk,
        manager=manager,
        gps=gps,
        triagers=triagers,
        patients=deal(making, practice_id=practice.pk, size=size, code=code),
    )


def _sign_protocols(making: Making, network_id: int, hub_id: int, code: str) -> None:
    """A receptionist may book what the locality's protocols name; signed already, nothing more."""
    if protocols_of(hub_id):
        return
    first = member(making, network_id, Role.CLINICAL_LEAD, code)
    second = second_lead(making, network_id, code, first=first)
    sign_usual_protocols(
        basis="The locality’s protocols",
        reason="The day begins",
        second=_lead(making, second, network_id, hub_id),
        by=_lead(making, first, network_id, hub_id),
        at=making.at,
    )


def _lead(making: Making, lead: Member, network_id: int, hub_id: int) -> Actor:
    reach = making.by.reach
    return Actor(
        name="Clinical lead",
        role=Role.CLINICAL_LEAD,
        reach=type(reach)(
            everywhere_because=reach.everywhere_because,
            organisation_id=network_id,
            providers=(hub_id,),
            user_id=lead.user_id,
        ),
        membership_id=lead.membership_id,
    )
