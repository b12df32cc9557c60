"""Why: what a front desk said last of an appointment, who of it and when."""

from dataclasses import dataclass
from datetime import datetime

from practices.models import AuditEntry

SAID = {"booking.arrived": "arrived", "booking.missed": "missed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """The appointment was said to be `state`, and had been `was`; our own house's word alone."""

    state: str
    was: str
    by_id: int | None
    at: datetime


def signed_since(reference: str, *, by_id: int | None, since: datetime) -> list[int]:
    """The overrides of a case that this person countersigned since then. One statement."""
    found = AuditEntry.objects.filter(entity="case", entity_id=reference, verb="rule.countersigned")
    mine = found.filter(by_id=by_id, by__isnull=False, at__gte=since).order_by("id")
    return [entry.facts["override"] for entry in mine]


def last_mark(booking_id: int) -> Mark | None:
    """What was said last; None where that was something else. One statement."""
    found = AuditEntry.objects.filter(entity="booking", entity_id=str(booking_id))
    last = found.order_by("-id").first()
    if last is None or last.verb not in SAID:
        return None
    return Mark(SAID[last.verb], last.facts.get("was", "booked"), last.by_id, last.at)


def mark_by(user_id: int | None, *, booking_id: int) -> Mark | None:
    """The same, if this person said it."""
    mark = last_mark(booking_id)
    return mark if mark is not None and mark.by_id == user_id else None
