"""Giving a list of the queue a name, and forgetting it."""

from datetime import datetime

from practices import audit
from practices.rules.reach import Actor
from triage.models import SavedFilter
from triage.rules.saved_filters import check_may_save


def save_filter(*, name: str, query: str, by: Actor, at: datetime) -> SavedFilter:
    """My list has the name; the same name again takes the newer filter."""
    name = name.strip()
    mine = SavedFilter.objects.filter(membership_id=by.membership_id or 0)
    check_may_save(name, query, others=mine.exclude(name=name).count())
    kept, _ = SavedFilter.objects.update_or_create(
        membership_id=by.membership_id or 0,
        name=name,
        defaults={"query": query, "saved_at": at},
    )
    audit.write("filter.saved", entity="filter", entity_id=kept.pk, by=by, at=at)
    return kept


def forget_filter(*, filter_id: int, by: Actor, at: datetime) -> None:
    """My list has no name any more; what is not mine stays."""
    mine = SavedFilter.objects.filter(pk=filter_id, membership_id=by.membership_id or 0)
    if mine.delete()[0]:
        audit.write("filter.forgotten", entity="filter", entity_id=filter_id, by=by, at=at)
