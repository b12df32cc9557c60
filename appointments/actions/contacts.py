"""Logging a contact that no booking stands for: it counts at once."""

from datetime import datetime, timedelta

from appointments.actions.changes import note_changes
from appointments.actions.ledger import charge, shift
from appointments.models import ContactEvent, ContactNote, UndoneContact
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import POINTS
from hubs.queries import staff_for
from practices import audit
from practices.clock import local_day
from practices.models import Clinician
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused

LATEST_ENTRY = timedelta(days=31)


def log_contact(
    *,
    clinician_id: int,
    organisation_id: int,
    kind: ContactKind,
    contact_at: datetime,
    note: str = "",
    by: Actor,
    at: datetime,
) -> ContactEvent:
    """The contact is on the clinician's day. It may pass the limit: it has happened."""
    if contact_at > at:
        raise Refused("The contact must be in the past.", code="future", field="at")
    if contact_at < at - LATEST_ENTRY:
        raise Refused("The contact must be of the last 31 days.", code="too_old", field="at")
    _check_may_log(clinician_id, organisation_id, by=by, at=at)
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
    if note.strip():
        ContactNote.objects.create(event=event, text=note)
    note_changes([(organisation_id, day)], at=at)
    audit.write(
        "contact.logged", entity="clinician", entity_id=clinician_id, by=by, at=at, kind=kind
    )
    return event


def undo_contact(*, contact_id: int, by: Actor, at: datetime) -> ContactEvent:
    """My contact counts no more, from an entry against it; neither is ever removed."""
    found = _lock(contact_id)
    if by.user_id is None or by.user_id != found.by_id or found.booking_id is not None:
        raise Conflict("Only who logged a contact takes it back.")
    if UndoneContact.objects.filter(contact=found).exists():
        raise Conflict("This contact is taken back already.")
    UndoneContact.objects.create(contact=found, at=at, by_id=by.user_id)
    who = found.clinician_id
    shift(clinician_id=who, day=found.day, points=found.points, start="logged", to=None)
    note_changes([(found.organisation_id, found.day)], at=at)
    audit.write("contact.undone", entity="clinician", entity_id=who, by=by, at=at, kind=found.kind)
    return found


def _lock(contact_id: int) -> ContactEvent:
    found = ContactEvent.objects.select_for_update().filter(pk=contact_id).first()
    if found is None:
        raise Absent
    return found


def _check_may_log(clinician_id: int, organisation_id: int, *, by: Actor, at: datetime) -> None:
    """One's own contacts, or those of a clinician who works in one's organisation."""
    if by.role is None or clinician_id == by.clinician_id:
        return
    home_id = Clinician.objects.filter(pk=clinician_id).values_list("home_id", flat=True).first()
    if home_id is None:
        raise Absent
    if home_id != organisation_id and clinician_id not in staff_for(
        organisation_id, on=local_day(at)
    ):
        raise Forbidden("Only the clinician's own organisation logs their contacts.")
