"""Why: which colleagues have the same patient's case before them at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.models import AuditEntry
from practices.rules.reach import Actor

# Who opened it longer ago has most likely gone on to somebody else.
LATELY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AlsoOpen:
    """A colleague who opened the case lately, and when they did last."""

    name: str
    at: datetime


def also_open(patient_id: int, *, by: Actor, at: datetime) -> tuple[AlsoOpen, ...]:
    """Colleagues of my own house, whoever came last first. One statement."""
    found = AuditEntry.objects.filter(
        verb="patient.viewed",
        entity="patient",
        entity_id=str(patient_id),
        facts__page="case",
        at__gt=at - LATELY,
        by__isnull=False,
    ).exclude(by_id=by.user_id)
    last: dict[int, AlsoOpen] = {}
    for row in found.select_related("by").order_by("-at", "-pk"):
        if row.by is not None:
            last.setdefault(row.by.pk, AlsoOpen(row.by.name, row.at))
    return tuple(last.values())
