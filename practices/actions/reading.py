"""Looking is an act too: whoever sees a patient is on record, once a page (threat T05)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from practices import audit
from practices.queries import PatientRow, patient_by_id
from practices.queries.who_viewed import Views, views_of
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Forbidden
from practices.rules.roles import Role

WATCHES = frozenset({Role.PRACTICE_MANAGER})


@dataclass(frozen=True, slots=True)
class WhoViewed:
    """A patient, and who has seen them."""

    patient: PatientRow
    views: Views


def open_patient(*, public_id: uuid.UUID | str, page: str, by: Actor, at: datetime) -> PatientRow:
    """The patient in reach, and a line that says who looked, on which page."""
    patient = patient_by_id(public_id)
    if patient is None:
        raise Absent
    log_seen([patient.id], page=page, by=by, at=at)
    return patient


def log_seen(patient_ids: Collection[int], *, page: str, by: Actor, at: datetime) -> None:
    """One line of audit for the page: the one patient seen, or all of a list; none for nobody."""
    seen = sorted(set(patient_ids))
    if not seen:
        return
    only_one = len(seen) == 1
    audit.write(
        "patient.viewed",
        entity="patient" if only_one else "patients",
        entity_id=seen[0] if only_one else len(seen),
        by=by,
        at=at,
        page=page,
        patients=seen,
    )


def look_at_views(
    *, public_id: uuid.UUID, older_than: int | None = None, by: Actor, at: datetime
) -> WhoViewed:
    """Who saw the practice's patient in 90 days; this look too is a view, of a page of its own."""
    if not by.is_one_of(WATCHES):
        raise Forbidden("The practice's manager sees who has viewed a patient.")
    patient = patient_by_id(public_id)
    if patient is None:
        raise Absent
    found = WhoViewed(patient, views_of(patient.id, older_than=older_than, at=at))
    log_seen([patient.id], page="who_viewed", by=by, at=at)
    return found
