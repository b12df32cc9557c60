"""Finding patients for somebody on the line: the answer and the record of it are one."""

from datetime import datetime

from practices.actions.reading import log_seen
from practices.queries import PatientRow, find_patients
from practices.rules.reach import Actor
from practices.rules.search_box import Sought


def look_up_patients(*, sought: Sought, page: str, by: Actor, at: datetime) -> list[PatientRow]:
    """The patients in reach that fit, each on record as seen by whoever asked."""
    if sought.reference:
        return []
    found = find_patients(
        words=sought.words,
        born_on=sought.born_on,
        born_in=sought.born_in,
        nhs_number=sought.nhs_number,
    )
    log_seen([patient.id for patient in found], page=page, by=by, at=at)
    return found
