"""Where: which hubs, practices and posts belong together on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hubs.models import Agreement, HubStaff


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
    found = (
        Agreement.objects.filter(_holds(on), practice_id=practice_id)
        .select_related("provider")
        .order_by("travel_minutes", "provider_id")
    )
    return [
        AgreementRow(
            practice_id=row.practice_id,
            provider_id=row.provider_id,
            provider_name=row.provider.name,
            share_places=row.share_places,
            travel_minutes=row.travel_minutes,
        )
        for row in found
    ]


def staff_for(hub_id: int, *, on: date) -> list[int]:
    """The clinicians with a post at the hub on the day. One statement."""
    found = HubStaff.objects.filter(_holds(on), hub_id=hub_id)
    return list(found.order_by("clinician_id").values_list("clinician_id", flat=True))
