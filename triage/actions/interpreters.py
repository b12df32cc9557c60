"""Booking an interpreter with an appointment: the desk of the house that sees the patient does."""

from datetime import datetime
from uuid import UUID

from appointments import actions as appointments
from appointments.models import Booking
from practices.actions.reading import log_seen
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Forbidden
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.queries.interpreted import Interpreted, interpreted
from triage.rules.states import Step, may


def open_interpreter(*, public_id: UUID | str, by: Actor, at: datetime) -> Interpreted:
    """The appointment and what has to be booked with it, and a line that says who looked."""
    found = interpreted(public_id)
    if found is None:
        raise Absent
    log_seen([found.patient_id], page="interpreter", by=by, at=at)
    return found


def book_interpreter(
    *, public_id: UUID | str, words: str, version: int | None, by: Actor, at: datetime
) -> Booking:
    """It is on record who interprets, or the line; left empty, that nobody does any more.

    The case's history says so, where the appointment came from one. Refused where another desk
    has kept something since `version`.
    """
    found = interpreted(public_id)
    if found is None:
        raise Absent
    if by.organisation_id not in {found.row.house_id, found.row.practice_id}:
        raise Forbidden(f"The desk of {found.row.place_name} books the interpreter.")
    has_case = Case.objects.filter(reference=found.row.case_ref).exists()
    case = lock_case(found.row.case_ref) if has_case else None
    booking = appointments.keep_interpreter(
        booking_id=found.row.id, words=words, version=version, by=by, at=at
    )
    if case is not None and may(case.state, Step.INTERPRETER):
        note = write_note(case, Note.Kind.REASON, words, by=by, at=at)
        code = "booked" if words else "cancelled"
        take_step(case, Step.INTERPRETER, by=by, at=at, code=code, note=note)
    return booking
