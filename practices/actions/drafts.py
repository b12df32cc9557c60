"""Keeping what is typed, so that a time-out or a lost network takes nothing away."""

from datetime import datetime

from practices.models import Draft
from practices.queries.drafts import KEPT_FOR
from practices.rules.reach import Actor
from practices.rules.refusals import BadInput

LONGEST_PLACE = 200
MOST_FIELDS = 40
LONGEST_FIELD = 2000


def keep_draft(*, by: Actor, at: datetime, place: str, fields: dict[str, list[str]]) -> None:
    """The form's fields are kept under its place for a day; an earlier draft of it is gone."""
    if not place or len(place) > LONGEST_PLACE or not _is_small(fields):
        raise BadInput("This draft is too long to keep.", field="fields")
    Draft.objects.update_or_create(
        membership_id=by.membership_id or 0,
        place=place,
        defaults={"fields": fields, "saved_at": at},
    )


def discard_draft(*, by: Actor, at: datetime, place: str) -> None:
    """Nothing is kept under that place."""
    Draft.objects.filter(membership_id=by.membership_id or 0, place=place).delete()


def tidy_drafts(*, by: Actor, at: datetime) -> int:
    """Drafts older than a day are gone; how many."""
    return Draft.objects.filter(saved_at__lte=at - KEPT_FOR).delete()[0]


def _is_small(fields: dict[str, list[str]]) -> bool:
    values = [value for typed in fields.values() for value in typed]
    return len(values) <= MOST_FIELDS and all(len(value) <= LONGEST_FIELD for value in values)
