"""Who: who has seen a patient, and on which page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

LOOKS_BACK = timedelta(days=90)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class View:
    """One page that showed the patient, among `patients` in all; `id` is its place in the list."""

    id: int
    at: datetime
    name: str
    role: str
    place: str
    page: str
    patients: int


@dataclass(frozen=True, slots=True)
class Views:
    """At most `SHOWN` views, newest first; `older_than` asks for those after them, if any."""

    rows: tuple[View, ...]
    older_than: int | None


def views_of(patient_id: int, *, older_than: int | None, at: datetime) -> Views:
    """Views of the last 90 days by whomever. One statement.

    Only the manager of the patient's practice has any: the database asks for the membership.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM views_of_patient(%s, %s, %s, %s)",
            [patient_id, at - LOOKS_BACK, older_than, SHOWN + 1],
        )
        found = [View(*row) for row in cursor.fetchall()]
    rows = tuple(found[:SHOWN])
    return Views(rows=rows, older_than=rows[-1].id if len(found) > SHOWN else None)
