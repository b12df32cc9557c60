"""Keeping what is typed, so that a time-out or a lost network takes nothing away."""

from datetime import datetime

from practices.models import Draft
from practices.queries.drafts import KEPT_FOR
from practices.rules.reach import Actor

# A form a patient: more unsent ones than this nobody comes back to.
MOST = 50


def keep_draft(*, by: Actor, at: datetime, place: str, fields: dict[str, list[str]]) -> None:
    """The fields are kept under their form for a day; an earlier draft of it, or the 51st, goes."""
    mine = Draft.objects.filter(membership_id=by.membership_id or 0)
    Draft.objects.update_or_create(
        membership_id=by.membership_id or 0,
        place=place,
        defaults={"fields": fields, "saved_at": at},
    )
    newest = mine.order_by("-saved_at", "-pk").values("pk")[:MOST]
    mine.exclude(pk__in=newest).delete()


def discard_draft(*, by: Actor, at: datetime, place: str) -> None:
    """Nothing is kept under that place."""
    Draft.objects.filter(membership_id=by.membership_id or 0, place=place).delete()


def tidy_drafts(*, by: Actor, at: datetime) -> int:
    """Drafts older than a day are gone; how many."""
    return Draft.objects.filter(saved_at__lte=at - KEPT_FOR).delete()[0]
