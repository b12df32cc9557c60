"""How well: who is who within reach, turned page by page; public facts, no patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from hubs.models import Agreement, Hub, HubStaff
from networks.models import Network, NetworkHub, NetworkMember
from practices.clock import local_day
from practices.models import Clinician, Organisation, Practice
from practices.queries.paging import Page, Turn, page_of
from practices.rules.reach import Reach

BY_NAME = ("organisation__name", "organisation_id")


@dataclass(frozen=True, slots=True)
class WhichOf:
    """Organisations by code; nothing chosen is everything in reach."""

    practice: str = ""
    hub: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice within reach."""

    code: str
    name: str
    list_size: int | None
    phone: str
    status: str


@dataclass(frozen=True, slots=True)
class HubRow:
    """A hub within reach."""

    code: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A network within reach, with its members and hubs of the day by code."""

    code: str
    name: str
    practices: Sequence[str]
    hubs: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClinicianRow:
    """A clinician within reach."""

    id: int
    name: str
    role: str
    organisation: str
    prescribes: bool


def practice_list(*, asked: WhichOf, reach: Reach, turn: Turn, at: datetime) -> Page[PracticeRow]:
    """My practice, those I serve and those of my network, by name. One statement."""
    on = local_day(at)
    mine = Q(pk__in=[*reach.own, *reach.served]) | Q(pk__in=_members(reach, on))
    if asked.practice:
        mine &= Q(organisation__code=asked.practice)
    if asked.hub:
        agreed = _agreements(on).filter(provider__code=asked.hub)
        mine &= Q(pk__in=agreed.values("practice_id"))
    if asked.network:
        mine &= Q(pk__in=_members(reach, on, code=asked.network))
    found = Practice.objects.filter(mine).select_related("organisation")
    return page_of(
        found,
        keys=BY_NAME,
        turn=turn,
        row=lambda row: PracticeRow(
            row.organisation.code, row.organisation.name, row.list_size, row.phone, row.status
        ),
    )


def hub_list(*, asked: WhichOf, reach: Reach, turn: Turn, at: datetime) -> Page[HubRow]:
    """The hubs I work in or may book into, and those of my network, by name. One statement."""
    of_mine = NetworkHub.objects.filter(network_id__in=reach.networks)
    mine = Q(pk__in=reach.providers) | Q(pk__in=of_mine.values("hub_id"))
    if asked.hub:
        mine &= Q(organisation__code=asked.hub)
    if asked.practice:
        agreed = _agreements(local_day(at)).filter(practice__organisation__code=asked.practice)
        mine &= Q(pk__in=agreed.values("provider_id"))
    if asked.network:
        theirs = NetworkHub.objects.filter(network__organisation__code=asked.network)
        mine &= Q(pk__in=theirs.values("hub_id"))
    found = Hub.objects.filter(mine).select_related("organisation")
    return page_of(
        found,
        keys=BY_NAME,
        turn=turn,
        row=lambda row: HubRow(row.organisation.code, row.organisation.name, row.phone),
    )


def network_list(*, asked: WhichOf, reach: Reach, turn: Turn, at: datetime) -> Page[NetworkFacts]:
    """My networks with who belongs to them today, by name. Three statements."""
    on = local_day(at)
    mine = Q(pk__in=reach.networks)
    if asked.network:
        mine &= Q(organisation__code=asked.network)
    if asked.practice:
        held = _memberships(on).filter(practice__organisation__code=asked.practice)
        mine &= Q(pk__in=held.values("network_id"))
    if asked.hub:
        run = NetworkHub.objects.filter(hub__organisation__code=asked.hub)
        mine &= Q(pk__in=run.values("network_id"))
    members = _codes_by(
        _memberships(on).filter(network_id__in=reach.networks), "practice__organisation__code"
    )
    hubs = _codes_by(
        NetworkHub.objects.filter(network_id__in=reach.networks), "hub__organisation__code"
    )
    found = Network.objects.filter(mine).select_related("organisation")
    return page_of(
        found,
        keys=BY_NAME,
        turn=turn,
        row=lambda row: NetworkFacts(
            row.organisation.code,
            row.organisation.name,
            members.get(row.pk, ()),
            hubs.get(row.pk, ()),
        ),
    )


def clinician_list(*, asked: WhichOf, reach: Reach, turn: Turn, at: datetime) -> Page[ClinicianRow]:
    """Clinicians in reach by name. One statement."""
    on = local_day(at)
    which = Q(user__is_active=True)
    if asked.practice:
        which &= Q(home__code=asked.practice, home__kind=Organisation.Kind.PRACTICE)
    if asked.hub:
        which &= Q(pk__in=_staff(on).filter(hub__organisation__code=asked.hub).values("clinician"))
    if asked.network:
        hubs = NetworkHub.objects.filter(network__organisation__code=asked.network)
        posts = _staff(on).filter(hub_id__in=hubs.values("hub_id"))
        at_home = Q(home_id__in=_members(reach, on, code=asked.network))
        which &= at_home | Q(pk__in=posts.values("clinician"))
    found = Clinician.objects.filter(which).select_related("user", "home")
    return page_of(
        found,
        keys=("user__name", "pk"),
        turn=turn,
        row=lambda row: ClinicianRow(
            row.pk, row.user.name, row.profession, row.home.code, row.prescribes
        ),
    )


def _holds(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))


def _agreements(on: date) -> QuerySet[Agreement]:
    return Agreement.objects.filter(_holds(on))


def _staff(on: date) -> QuerySet[HubStaff]:
    return HubStaff.objects.filter(_holds(on))


def _memberships(on: date) -> QuerySet[NetworkMember]:
    return NetworkMember.objects.filter(_holds(on))


def _members(reach: Reach, on: date, *, code: str = "") -> QuerySet[NetworkMember, Any]:
    """The practices of my networks today, or of one of them."""
    found = _memberships(on).filter(network_id__in=reach.networks)
    if code:
        found = found.filter(network__organisation__code=code)
    return found.values("practice_id")


def _codes_by(found: QuerySet[Any], code: str) -> dict[int, list[str]]:
    """Codes by network, in order. One statement."""
    grouped: dict[int, list[str]] = {}
    for network_id, text in found.order_by(code).values_list("network_id", code):
        grouped.setdefault(network_id, []).append(text)
    return grouped
