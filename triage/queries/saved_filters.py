"""Why: the lists of the queue that I gave a name."""

from dataclasses import dataclass

from practices.rules.reach import Actor
from triage.models import SavedFilter


@dataclass(frozen=True, slots=True)
class Saved:
    """A name, and the query of the address that lists it."""

    id: int
    name: str
    query: str


def saved_filters(*, by: Actor) -> tuple[Saved, ...]:
    """Mine, by name. One statement."""
    found = SavedFilter.objects.filter(membership_id=by.membership_id or 0)
    return tuple(Saved(one.pk, one.name, one.query) for one in found.order_by("name", "pk"))
