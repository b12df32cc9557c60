"""Why: which rules people went past, where and until when; patients are not named."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.models import Override

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
    until_at: datetime
    countersigned_by: str


def overrides(house_ids: Collection[int], *, at: datetime) -> tuple[OverrideRow, ...]:
    """At these hubs and practices in the last month, newest first. One statement."""
    found = Override.objects.filter(organisation__in=house_ids, at__gte=at - LOOKS_BACK)
    rows = found.select_related("organisation", "by", "countersigned_by").order_by("-at", "-pk")
    return tuple(
        OverrideRow(
            rule=one.rule,
            code=one.code,
            reason=one.reason,
            where=one.organisation.name,
            by=one.by.name,
            at=one.at,
            until_at=one.until_at,
            countersigned_by=one.countersigned_by.name if one.countersigned_by else "",
        )
        for one in rows[:SHOWN]
    )
