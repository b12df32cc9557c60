"""Where: which hubs, practices and posts belong together on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from hubs.models import Agreement, Hub, HubClosing, HubStaff, Opening, Service
from hubs.rules.opening import Hours, Window, closed_words, next_reading
from practices.clock import bank_holidays
from practices.models import Organisation
from practices.rules.london import day_of


def _holds(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))


def practices_served(hub_id: int, *, on: date) -> tuple[int, ...]:
    """The practices whose agreement with the hub holds on the day. One statement."""
    found = Agreement.objects.filter(_holds(on), provider_id=hub_id)
    return tuple(found.order_by("practice_id").values_list("practice_id", flat=True))


def providers_of(practice_id: int, *, on: date) -> tuple[int, ...]:
    """The hubs and helping practices this practice may book into on the day. One statement."""
    found = Agreement.objects.filter(_holds(on), practice_id=practice_id)
    return tuple(found.order_by("provider_id").values_list("provider_id", flat=True))


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What a practice agreed with a provider."""

    practice_id: int
    provider_id: int
    provider_name: str
    share_places: int
    travel_minutes: int


def agreements_of(practice_id: int, *, on: date) -> list[AgreementRow]:
    """The practice's live agreements, nearest provider first. One statement."""
    return _rows(Agreement.objects.filter(_holds(on), practice_id=practice_id))


def agreements_with(provider_id: int, *, on: date) -> list[AgreementRow]:
    """The live agreements practices have with the provider. One statement."""
    return _rows(Agreement.objects.filter(_holds(on), provider_id=provider_id))


def _rows(found: QuerySet[Agreement]) -> list[AgreementRow]:
    return [
        AgreementRow(
            practice_id=row.practice_id,
            provider_id=row.provider_id,
            provider_name=row.provider.name,
            share_places=row.share_places,
            travel_minutes=row.travel_minutes,
        )
        for row in found.select_related("provider").order_by("travel_minutes", "provider_id", "id")
    ]


def staff_for(hub_id: int, *, on: date) -> list[int]:
    """The clinicians with a post at the hub on the day. One statement."""
    found = HubStaff.objects.filter(_holds(on), hub_id=hub_id)
    return list(found.order_by("clinician_id").values_list("clinician_id", flat=True))


def hub_of_practice(practice_id: int, *, on: date) -> int | None:
    """The nearest hub the practice agreed with; its queue takes the practice's cases."""
    found = Agreement.objects.filter(
        _holds(on), practice_id=practice_id, provider__kind=Organisation.Kind.HUB
    )
    nearest = found.order_by("travel_minutes", "provider_id")
    return nearest.values_list("provider_id", flat=True).first()


def agreement_ended_on(practice_id: int, *, on: date) -> date | None:
    """The day the practice's last agreement ended, seen when none holds. One statement."""
    over = Agreement.objects.filter(practice_id=practice_id, until_on__lte=on)
    return over.order_by("-until_on", "-pk").values_list("until_on", flat=True).first()


def hub_hours(hub_id: int, *, holidays: Mapping[date, str]) -> Hours:
    """When the hub is staffed. One statement."""
    return hours_of([hub_id], holidays=holidays)[hub_id]


def hours_of(hub_ids: Collection[int], *, holidays: Mapping[date, str]) -> dict[int, Hours]:
    """When each of the hubs is staffed. One statement."""
    weeks: dict[int, dict[int, tuple[Window, ...]]] = {hub_id: {} for hub_id in hub_ids}
    found = Opening.objects.filter(hub_id__in=weeks)
    for row in found.order_by("hub_id", "weekday", "opens", "id"):
        week = weeks[row.hub_id]
        week[row.weekday] = (*week.get(row.weekday, ()), (row.opens, row.closes))
    return {hub_id: Hours(week=week, holidays=holidays) for hub_id, week in weeks.items()}


def rules_of(hub_id: int) -> QuerySet[Hub, int]:
    """The network whose released rules the hub's cases go by, to ask within another statement."""
    return Hub.objects.filter(pk=hub_id, rules_of__isnull=False).values_list("rules_of", flat=True)


def closing_of(hub_id: int, *, on: date) -> HubClosing | None:
    """Who closed the hub for the day, and when; None: nobody did. One statement."""
    return closings_of([hub_id], on=on).get(hub_id)


def closings_of(hub_ids: Collection[int], *, on: date) -> dict[int, HubClosing]:
    """The same of several hubs; those nobody closed are not in it. One statement."""
    found = HubClosing.objects.filter(hub_id__in=hub_ids, day=on, reopened_at=None)
    return {one.hub_id: one for one in found.select_related("closed_by").order_by("pk")}


def closed_days(hub_ids: Collection[int], days: Collection[date]) -> set[tuple[int, date]]:
    """The days somebody closed one of the hubs for, and did not open it again. One statement."""
    found = HubClosing.objects.filter(hub_id__in=hub_ids, day__in=days, reopened_at=None)
    return set(found.order_by("pk").values_list("hub_id", "day"))


def closed_today(hub_id: int, name: str, *, at: datetime, instead: str = "") -> str:
    """Why nothing can be had at the hub today; empty: it is open. Two statements."""
    hours, day = hub_hours(hub_id, holidays=bank_holidays()), day_of(at)
    if hours.windows_on(day) and closing_of(hub_id, on=day) is None:
        return ""
    return closed_words(name, day, hours, instead=instead)


def shut_until(hub_ids: Collection[int], *, at: datetime) -> dict[int, datetime]:
    """Those of the hubs that are shut now, by hours or by a person, and when each opens.

    Two statements.
    """
    hours, today = hours_of(hub_ids, holidays=bank_holidays()), day_of(at)
    closed = {hub_id for hub_id, _ in closed_days(hub_ids, [today])}
    opens = {one: next_reading(at, hours[one], is_shut=one in closed) for one in hub_ids}
    return {hub_id: moment for hub_id, moment in opens.items() if moment is not None}


def reads_from(hub_id: int, *, at: datetime, holidays: Mapping[date, str]) -> datetime | None:
    """When the hub reads what comes now; None: at once. Two statements."""
    hours = hub_hours(hub_id, holidays=holidays)
    is_shut = closing_of(hub_id, on=day_of(at)) is not None
    return next_reading(at, hours, is_shut=is_shut)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """Somewhere else that takes some needs."""

    id: int
    kind: str
    name: str
    phone: str
    address: str
    takes: tuple[str, ...]
    criteria: Mapping[str, Mapping[str, object]]


def services_of(hub_id: int) -> list[ServiceRow]:
    """The services a hub's patients can be sent on to. One statement."""
    return [
        ServiceRow(
            row.pk, row.kind, row.name, row.phone, row.address, tuple(row.takes), row.criteria
        )
        for row in Service.objects.filter(hub_id=hub_id).order_by("kind", "name", "id")
    ]


def agreements_of_all(practice_ids: Collection[int], *, on: date) -> list[AgreementRow]:
    """The live agreements of several practices. One statement."""
    return _rows(Agreement.objects.filter(_holds(on), practice_id__in=practice_ids))
