"""Why: which rules people went past, where and until when; patients are not named."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from appointments.models import Booking, Override
from practices.models import AuditEntry, Organisation

LOOKS_BACK = timedelta(days=31)
SHOWN = 200


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A rule somebody went past: which, where, why, who, until when, and who answered for it."""

    rule: str
    code: str
    reason: str
    where: str
    by: str
    at: datetime
    until_at: datetime | None
    countersigned_by: str


def overrides(house_ids: Collection[int], *, at: datetime) -> tuple[OverrideRow, ...]:
    """Of these hubs and practices in the last month, newest first. Five statements."""
    since = at - LOOKS_BACK
    where = _booked(house_ids, since=since) | _noted(house_ids, since=since)
    names = dict(Organisation.objects.filter(pk__in=set(where.values())).values_list("pk", "name"))
    found = Override.objects.filter(pk__in=where).select_related("by", "countersigned_by")
    return tuple(
        OverrideRow(
            rule=one.rule,
            code=one.code,
            reason=one.reason,
            where=names.get(where[one.pk], ""),
            by=one.by.name,
            at=one.at,
            until_at=one.until_at,
            countersigned_by=one.countersigned_by.name if one.countersigned_by else "",
        )
        for one in found.order_by("-at", "-pk")[:SHOWN]
    )


def _booked(house_ids: Collection[int], *, since: datetime) -> dict[int, int]:
    """Overrides that stand on a booking, and the house of its slot."""
    passed = Q(limit_override__isnull=False) | Q(overlap_override__isnull=False)
    here = Q(hub_id__in=house_ids) | Q(slot__practice_id__in=house_ids)
    found = Booking.objects.filter(passed, here, held_at__gte=since).order_by("pk")
    rows = found.values_list(
        "hub_id", "slot__practice_id", "limit_override_id", "overlap_override_id"
    )
    return {pk: hub or house for hub, house, *both in rows for pk in both if pk is not None}


def _noted(house_ids: Collection[int], *, since: datetime) -> dict[int, int]:
    """Overrides of a queue's cover, and those of a case's place by people of the house."""
    ids = [str(one) for one in house_ids]
    here = Q(entity="organisation", entity_id__in=ids)
    here |= Q(entity="case", organisation_id__in=house_ids)
    found = AuditEntry.objects.filter(here, verb="rule.passed_over", at__gte=since).order_by("pk")
    rows = found.values_list("entity", "entity_id", "organisation_id", "facts__override")
    return {
        override: int(entity_id) if entity == "organisation" else house
        for entity, entity_id, house, override in rows
    }
