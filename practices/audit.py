"""One row for each entity changed, in the transaction of the change."""

from datetime import datetime

from practices.models import AuditEntry
from practices.rules.reach import Actor


def write(
    verb: str, *, entity: str, entity_id: object, by: Actor, at: datetime, **facts: object
) -> None:
    """The change is on record. `facts` are ids and codes: never names, never free text."""
    AuditEntry.objects.create(
        at=at,
        by_id=by.user_id,
        role=by.role or by.name,
        organisation_id=by.organisation_id,
        verb=verb,
        entity=entity,
        entity_id=str(entity_id),
        facts=facts,
    )
