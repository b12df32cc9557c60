"""Looking is an act too: whoever sees a patient is on record, once a page (threat T05)."""

import uuid
from collections.abc import Collection
from datetime import datetime

from practices import audit
from practices.queries import PatientRow, patient_by_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent


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
