"""A clinician's home visits: looked at, and said to be done or not done, from a phone."""

from datetime import datetime

from appointments.models import Booking
from practices.actions.reading import log_seen
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.actions.attending import attend, miss
from triage.queries.visits import Visit, visits_of

ENDS = {"done": attend, "not_done": miss}


def open_visits(*, by: Actor, at: datetime) -> list[Visit]:
    """My visits of today, and a line that says who looked at them."""
    found = visits_of(by.clinician_id or 0, at=at)
    log_seen([visit.patient_id for visit in found], page="visits", by=by, at=at)
    return found


def end_visit(*, public_id: str, how: str, by: Actor, at: datetime) -> Booking:
    """A visit of mine today is done, or nobody came to the door and the case waits again."""
    mine = {str(visit.public_id) for visit in visits_of(by.clinician_id or 0, at=at)}
    if how not in ENDS or public_id not in mine:
        raise Absent
    return ENDS[how](public_id=public_id, by=by, at=at)
