"""When: the rota, session by session, with the slots made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from appointments.models import Session, Slot
from practices.queries.paging import Page, Turn, page_of


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot of a session, free or not."""

    id: int
    starts_at: datetime
    ends_at: datetime
    places: int
    status: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One clinician at one site for a stretch of a day."""

    id: int
    clinician_id: int
    clinician: str
    profession: str
    practice: str | None
    hub: str | None
    site: str
    starts_at: datetime
    ends_at: datetime
    slot_minutes: int
    places: int
    mode: str
    category: str
    needs: Sequence[str]
    audience: dict[str, Any] | None
    reserve: Sequence[dict[str, Any]]
    status: str
    reason: str
    version: int
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True)
class SessionQuestion:
    """Which sessions; organisations by code."""

    start: datetime | None = None
    end: datetime | None = None
    clinician_id: int | None = None
    practice: str = ""
    hub: str = ""
    status: str = "published"


def session_list(*, asked: SessionQuestion, turn: Turn) -> Page[SessionRow]:
    """Sessions in reach by start. Two statements."""
    which = Q(status=asked.status)
    if asked.start is not None:
        which &= Q(ends_at__gt=asked.start)
    if asked.end is not None:
        which &= Q(starts_at__lt=asked.end)
    if asked.clinician_id is not None:
        which &= Q(clinician_id=asked.clinician_id)
    if asked.practice:
        which &= Q(practice__organisation__code=asked.practice)
    if asked.hub:
        which &= Q(hub__organisation__code=asked.hub)
    found = _with_names(Session.objects.filter(which))
    return page_of(found, keys=("starts_at", "pk"), turn=turn, row=_row)


def session_row(session_id: int) -> SessionRow | None:
    """One session in reach. Two statements."""
    found = _with_names(Session.objects.filter(pk=session_id)).first()
    return _row(found) if found else None


def _with_names(found: QuerySet[Session]) -> QuerySet[Session]:
    open_slots = Slot.objects.filter(status=Slot.Status.OPEN).order_by("starts_at", "id")
    return found.select_related(
        "clinician__user", "practice__organisation", "hub__organisation", "site"
    ).prefetch_related(Prefetch("slots", queryset=open_slots))


def _row(row: Session) -> SessionRow:
    return SessionRow(
        id=row.pk,
        clinician_id=row.clinician_id,
        clinician=row.clinician.user.name,
        profession=row.clinician.profession,
        practice=row.practice.organisation.code if row.practice else None,
        hub=row.hub.organisation.code if row.hub else None,
        site=row.site.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        slot_minutes=row.slot_minutes,
        places=row.places,
        mode=row.mode,
        category=row.category,
        needs=row.needs,
        audience=row.audience,
        reserve=row.reserve,
        status=row.status,
        reason=row.reason,
        version=row.version,
        slots=tuple(
            SlotRow(slot.pk, slot.starts_at, slot.ends_at, slot.places, slot.status)
            for slot in row.slots.all()
        ),
    )
