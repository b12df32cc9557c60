"""What somebody had typed into a form and not sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.models import Draft

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The values of each field by its name, and when they were typed."""

    fields: dict[str, list[str]]
    saved_at: datetime


def draft_places(*, membership_id: int, at: datetime) -> list[str]:
    """The forms that have a draft less than a day old, the newest first."""
    mine = Draft.objects.filter(membership_id=membership_id, saved_at__gt=at - KEPT_FOR)
    return list(mine.order_by("-saved_at", "-pk").values_list("place", flat=True))


def draft_at(place: str, *, membership_id: int, at: datetime) -> KeptDraft | None:
    """The draft of that form, while it is less than a day old."""
    found = Draft.objects.filter(
        membership_id=membership_id, place=place, saved_at__gt=at - KEPT_FOR
    ).first()
    return KeptDraft(fields=found.fields, saved_at=found.saved_at) if found else None
