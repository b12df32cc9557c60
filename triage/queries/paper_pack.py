"""Why: all that a house needs on paper if the network goes: a pack, and whose is due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from appointments.queries.cover import NamedRow, gaps_on, named_on, queues_of
from hubs.models import Hub, HubStaff
from hubs.queries import hub_hours, hub_of_practice, practices_served, providers_of, services_of
from hubs.rules.opening import Period, core_hours
from practices.clock import bank_holidays, local_day
from practices.models import Membership, Organisation, Practice
from triage.models import DowntimePack
from triage.queries.card import card_for
from triage.queries.paper_queue import QueueSheet, queue_sheet
from triage.queries.paper_sessions import Elsewhere, SessionSheet, elsewhere, session_sheets
from triage.rules.paper import PRACTICE_HAS, is_wanted, window_of
from triage.rules.red_flags import USUAL, Card


@dataclass(frozen=True, slots=True)
class House:
    """Whose pack it is."""

    id: int
    code: str
    name: str
    is_hub: bool
    hub_phone: str
    card: Card = USUAL


@dataclass(frozen=True, slots=True)
class Number:
    """Whom to ring."""

    name: str
    phone: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """Who is named to answer for a queue today, and when nobody answers."""

    name: str
    named: tuple[NamedRow, ...]
    gaps: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a pack says, as it stood at one moment."""

    house: House
    at: datetime
    sessions: tuple[SessionSheet, ...]
    elsewhere: tuple[Elsewhere, ...]
    queue: QueueSheet
    numbers: tuple[Number, ...]
    supervisors: tuple[str, ...]
    cover: tuple[Covered, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the pack shows."""
        lines = [line for sheet in self.sessions for line in sheet.lines]
        lines += [one.line for one in self.elsewhere]
        seen = {line.person.id for line in lines if line.person}
        return sorted(seen | set(self.queue.patient_ids))


@dataclass(frozen=True, slots=True)
class PackRow:
    """The last pack of a house. The text is read only where it is handed out."""

    id: int
    as_of: datetime
    made_at: datetime


def houses_due(*, at: datetime) -> tuple[int, ...]:
    """Hubs and practices in or just before their hours, without this window's pack.

    Whom a hub serves has one in its hours too. A practice that nobody works at has no paper.
    """
    holidays, on = bank_holidays(), local_day(at)
    due: list[int] = []
    for hub_id in Hub.objects.order_by("pk").values_list("pk", flat=True):
        if is_wanted(hub_hours(hub_id, holidays=holidays), at):
            due += [hub_id, *practices_served(hub_id, on=on)]
    if is_wanted(core_hours(holidays), at):
        due += _practices_at_work(on=on)
    have = DowntimePack.objects.filter(as_of=window_of(at), organisation__in=due)
    made = set(have.values_list("organisation_id", flat=True))
    return tuple(dict.fromkeys(one for one in due if one not in made))


def _practices_at_work(*, on: date) -> list[int]:
    """Practices with somebody who may open a pack, whether or not they send to a hub."""
    people = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on, role__in=PRACTICE_HAS
    )
    found = Practice.objects.filter(pk__in=people.values("organisation_id")).order_by("pk")
    return list(found.values_list("pk", flat=True))


def house_of(organisation_id: int | None, *, at: datetime) -> House | None:
    """The practice or hub; None for a network, or for nobody. Four statements."""
    return _house(Organisation.objects.filter(pk=organisation_id or 0), at=at)


def house_by_code(code: str, *, at: datetime) -> House | None:
    """The practice or hub of this code. Four statements."""
    return _house(Organisation.objects.filter(code=code), at=at)


def _house(which: QuerySet[Organisation], *, at: datetime) -> House | None:
    found = which.filter(kind__in=(Organisation.Kind.PRACTICE, Organisation.Kind.HUB)).first()
    if found is None:
        return None
    is_hub = found.kind == Organisation.Kind.HUB
    hub_id = found.pk if is_hub else hub_of_practice(found.pk, on=local_day(at))
    hub = Hub.objects.filter(pk=hub_id).first()
    return House(
        found.pk, found.code, found.name, is_hub, hub.phone if hub else "", card_for(hub_id)
    )


def pack_facts(house: House, *, at: datetime) -> PackFacts:
    """What the house needs on paper for today and tomorrow, in a fixed number of statements."""
    today = local_day(at)
    days = {"first": today, "until": today + timedelta(days=2)}
    return PackFacts(
        house=house,
        at=at,
        sessions=session_sheets(house.id, **days),
        elsewhere=() if house.is_hub else elsewhere(house.id, **days),
        queue=queue_sheet(house.id, is_hub=house.is_hub, at=at),
        numbers=_numbers(house, at=at),
        supervisors=_supervisors(house),
        cover=_cover(house, at=at),
    )


def latest_pack() -> PackRow | None:
    """The newest pack in reach. One statement."""
    found = DowntimePack.objects.order_by("-as_of").defer("text", "patient_ids").first()
    return PackRow(found.pk, found.as_of, found.made_at) if found else None


def _numbers(house: House, *, at: datetime) -> tuple[Number, ...]:
    """The house, those it works with, and where patients can be sent on to. Five statements."""
    on = local_day(at)
    hub_ids = (house.id,) if house.is_hub else providers_of(house.id, on=on)
    practice_ids = practices_served(house.id, on=on) if house.is_hub else (house.id,)
    hubs = Hub.objects.filter(pk__in=hub_ids).order_by("organisation__name", "pk")
    practices = Practice.objects.filter(pk__in=practice_ids).order_by("organisation__name", "pk")
    found = [Number(*one) for one in hubs.values_list("organisation__name", "phone")]
    found += [Number(*one) for one in practices.values_list("organisation__name", "phone")]
    for hub_id in hub_ids:
        found += [Number(one.name, one.phone, one.address) for one in services_of(hub_id)]
    return tuple(found)


def _cover(house: House, *, at: datetime) -> tuple[Covered, ...]:
    """The house's own queue and its hubs', today. Four statements for each queue."""
    on = local_day(at)
    sent_to = () if house.is_hub else providers_of(house.id, on=on)
    return tuple(
        Covered(queue.name, named_on(queue, on), tuple(gaps_on(queue, on)))
        for queue in queues_of((house.id, *sent_to))
    )


def _supervisors(house: House) -> tuple[str, ...]:
    posts = HubStaff.objects.filter(hub_id=house.id, supervises=True, until_on__isnull=True)
    named = posts.order_by("clinician__user__name", "id")
    return tuple(named.values_list("clinician__user__name", flat=True))
