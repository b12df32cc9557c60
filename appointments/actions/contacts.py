"""Logging a contact that no booking stands for: it counts at once."""

from datetime import datetime

from appointments.actions.ledger import charge
from appointments.models import ContactEvent
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import POINTS
from practices import audit
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Refused


def log_contact(
    *,
    clinician_id: int,
    organisation_id: int,
    kind: ContactKind,
    contact_at: datetime,
    by: Actor,
    at: datetime,
) -> ContactEvent:
    """The contact is on the clinician's day. It may pass the limit: it has happened."""
    if contact_at > at:
        raise Refused("The contact must be in the past.", code="future", field="at")
    day, points = local_day(contact_at), POINTS[kind]
    charge(clinician_id=clinician_id, day=day, column="logged", points=points, limit=None)
    event = ContactEvent.objects.create(
        clinician_id=clinician_id,
        organisation_id=organisation_id,
        at=contact_at,
        day=day,
        kind=kind,
        points=points,
        by_id=by.user_id,
    )
    audit.write(
        "contact.logged", entity="clinician", entity_id=clinician_id, by=by, at=at, kind=kind
    )
    return event
