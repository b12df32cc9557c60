"""Weeks of sessions in one change: what a rota system hands over, or a new network starts with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from appointments.actions.changes import note_changes
from appointments.actions.rota import SessionWish
from appointments.models import Session, Slot
from appointments.rules.slotting import slot_times
from practices import audit
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict

BATCH = 2000


def publish_rota(*, wishes: Sequence[SessionWish], by: Actor, at: datetime) -> int:
    """All the sessions are published with their slots, or none; how many there are.

    One audit row for each organisation says how many sessions it published.
    """
    try:
        with transaction.atomic():
            sessions = Session.objects.bulk_create(map(_session, wishes), batch_size=BATCH)
    except IntegrityError as clash:
        diagnosis = getattr(clash.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != "clinician_in_one_session":
            raise
        raise Conflict(
            "Two sessions of one clinician are at the same time.", code="overlap"
        ) from clash
    slots = [slot for session in sessions for slot in _slots(session)]
    Slot.objects.bulk_create(slots, batch_size=BATCH)
    published = Counter(_organisation_and_day(session) for session in sessions)
    note_changes(published, at=at)
    by_organisation: Counter[int] = Counter()
    for (organisation_id, _), count in published.items():
        by_organisation[organisation_id] += count
    for organisation_id, count in sorted(by_organisation.items()):
        audit.write(
            "rota.published",
            entity="organisation",
            entity_id=organisation_id,
            by=by,
            at=at,
            sessions=count,
        )
    return len(sessions)


def _session(wish: SessionWish) -> Session:
    facts = asdict(wish) | {"needs": list(wish.needs), "reserve": list(wish.reserve)}
    return Session(**facts)


def _slots(session: Session) -> list[Slot]:
    times = slot_times(session.starts_at, session.ends_at, minutes=session.slot_minutes)
    return [
        Slot(
            session=session,
            clinician_id=session.clinician_id,
            practice_id=session.practice_id,
            hub_id=session.hub_id,
            starts_at=starts_at,
            ends_at=ends_at,
            day=local_day(starts_at),
            places=session.places,
            mode=session.mode,
        )
        for starts_at, ends_at in times
    ]


def _organisation_and_day(session: Session) -> tuple[int, date]:
    organisation_id = session.hub_id or session.practice_id
    assert organisation_id is not None, "a session has one home"
    return organisation_id, local_day(session.starts_at)
