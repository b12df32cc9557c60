"""Finding patients for somebody on the line: the answer and the record of it are one."""

from datetime import datetime

from practices.actions.reading import WATCHES, log_seen
from practices.queries import PatientRow, find_patients
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.search_box import Sought


def look_up_patients(
    *, sought: Sought, page: str, with_former: bool = False, by: Actor, at: datetime
) -> list[PatientRow]:
    """The patients in reach that fit, each on record as seen by whoever asked.

    Who has left the practice is found by whoever answers for its record alone.
    """
    if with_former and not by.is_one_of(WATCHES):
        raise Forbidden("The practice's manager looks for patients who have left.")
    if sought.reference:
        return []
    found = find_patients(
        words=sought.words,
        born_on=sought.born_on,
        born_in=sought.born_in,
        nhs_number=sought.nhs_number,
        with_former=with_former,
    )
    log_seen([patient.id for patient in found], page=page, by=by, at=at)
    return found
