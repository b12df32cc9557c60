"""Why: the sessions that a list which ended early was made of."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from appointments.models import Session
from triage.models import GoneHome


@dataclass(frozen=True, slots=True)
class EndedSession:
    """One of them, as it stands now."""

    public_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime


def sessions_ended(left: GoneHome) -> tuple[EndedSession, ...]:
    """Those in reach by start. One statement."""
    ids = [one["session"] for one in left.ended.get("sessions", ())]
    found = Session.objects.filter(pk__in=ids).order_by("starts_at", "pk")
    return tuple(EndedSession(one.public_id, one.starts_at, one.ends_at) for one in found)
