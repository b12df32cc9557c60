"""The desk: opening what a page shows, and sending a case on a way that is no appointment.

Opening logs who looked, in the transaction of the look (threat T05).
"""

import uuid
from datetime import datetime

from appointments.queries import booking_row
from practices import audit
from practices.actions.reading import log_seen
from practices.models import Clinician
from practices.queries import patient_by_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput, Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES
from practices.rules.search_box import FIELD, Sought
from triage.actions.escalating import call_now
from triage.actions.routes import note_route
from triage.actions.second_looks import open_look, resting_until
from triage.actions.stepping import is_leased, lock_case, write_note
from triage.models import Case, Note
from triage.queries import reception, where
from triage.queries.options import options
from triage.rules.callers import CALLS, check_can_be_rung
from triage.rules.codes import OptionKind
from triage.rules.last_call import LastCall
from triage.rules.second_looks import FIRST_LOOK, Why
from triage.rules.states import State

# Ways a person may choose that take no slot; an emergency is acted on, not chosen from a list.
WAYS = frozenset(OptionKind) - {OptionKind.SLOT, OptionKind.EMERGENCY}


def open_desk(*, by: Actor, at: datetime) -> reception.Desk:
    """My practice's day, and a line that says who looked at it."""
    desk = reception.desk(practice_id=by.organisation_id or 0, at=at)
    log_seen(desk.patient_ids, page="reception", by=by, at=at)
    return desk


def find(*, sought: Sought, by: Actor, at: datetime) -> reception.Found:
    """Who fits what was typed; a reference must be of a case in reach."""
    if sought.reference and not reception.has_case(sought.reference):
        words = f"There is no case {sought.reference} here. Check each letter"
        raise BadInput(words, field=FIELD)
    found = reception.found(sought, at=at)
    log_seen([hit.patient.id for hit in found.hits], page="search", by=by, at=at)
    return found


def open_request(
    *,
    public_id: uuid.UUID | str,
    again: str = "",
    linked: str = "",
    unless_today: bool = False,
    asks_all: bool = False,
    by: Actor,
    at: datetime,
) -> reception.Request:
    """The patient a new case would be for, with the cases that are open already.

    `unless_today`: a case of today opens instead, and what nobody is shown nobody has viewed.
    """
    patient = patient_by_id(public_id)
    if patient is None:
        raise Absent
    found = reception.request(patient, again=again, linked=linked, asks_all=asks_all, at=at)
    if not (unless_today and found.today):
        log_seen([patient.id], page="new", by=by, at=at)
    return found


def open_places(*, reference: str, by: Actor, at: datetime) -> where.Places:
    """Where the case can go, and whose case it is."""
    places = where.places(reference, at=at)
    if places is None:
        raise Absent
    log_seen([places.case.patient.id], page="options", by=by, at=at)
    return places


def open_case(*, reference: str, by: Actor, at: datetime) -> reception.DeskCase:
    """The case as the desk follows it: where it stands, and what the patient was told."""
    found = reception.desk_case(reference, at=at)
    if found is None:
        raise Absent
    log_seen([found.case.patient.id], page="desk", by=by, at=at)
    return found


def open_booking(*, public_id: uuid.UUID, by: Actor, at: datetime) -> reception.DeskCase:
    """The case of the booking, as the desk follows it."""
    row = booking_row(public_id)
    if row is None:
        raise Absent
    return open_case(reference=row.case_ref, by=by, at=at)


def choose_way(*, reference: str, key: str, by: Actor, at: datetime) -> Case:
    """It is on record which way the case goes. Its owner stays until the other side accepts.

    Our own duty clinician is called at once, as for a case whose time runs out.
    """
    case = lock_case(reference)
    _check_waits(case, at=at)
    choices = options(reference, at=at)
    lines = choices.options if choices else ()
    line = next(
        (one for one in lines if one.candidate.key == key and one.candidate.kind in WAYS), None
    )
    if line is None:
        raise Refused("This way is not possible any more. Choose another.", code="stale")
    kind = line.candidate.kind.value
    if line.candidate.kind in CALLS:
        check_can_be_rung(case.phone, safe_to_call=case.safe_to_call)
    note_route(
        case,
        chosen={"kind": kind, "key": key, "name": line.candidate.site},
        offered=line.reasons,
        judged_by=choices.judged_by if choices else None,
        weighed=choices.weighed if choices else (),
        by=by,
        at=at,
    )
    # Whoever reads the case next knows what the patient was promised.
    said = f"Told at the desk: {line.candidate.site or line.candidate.kind.label}"
    write_note(case, Note.Kind.REASON, said, by=by, at=at)
    if line.candidate.kind is OptionKind.DUTY:
        call_now(case, LastCall.DESK, by=by, at=at)
    if line.candidate.kind is OptionKind.WAITING_LIST:
        open_look(case, Why.WAITING_LIST, FIRST_LOOK, owner_id=_owner(case, by), by=by, at=at)
        if by.is_one_of(CLINICAL_ROLES):
            _rests(case, at=at)
    audit.write("case.sent", entity="case", entity_id=reference, by=by, at=at, way=kind)
    return case


def _rests(case: Case, *, at: datetime) -> None:
    """A clinician put them on the list: nothing is late before the day somebody looks again."""
    for name, value in resting_until(case, Why.WAITING_LIST, FIRST_LOOK, at=at).items():
        setattr(case, name, value)
    case.save(update_fields=["due_at"])


def _check_waits(case: Case, *, at: datetime) -> None:
    """Nobody is promised a way for a case that a clinician has, that is booked or over."""
    if is_leased(case, at=at):
        raise Conflict("A clinician is looking after this case now.", code="claimed")
    if case.state in {State.BOOKED, State.CLOSED}:
        raise Conflict(
            f"This case is {State(case.state).label.lower()} now. Look at it again.", code="stale"
        )


def _owner(case: Case, by: Actor) -> int | None:
    """Who answers for a patient on the list: their own clinician, else who put them there."""
    mine = Clinician.objects.filter(pk=case.patient.usual_clinician_id or 0).first()
    return mine.user_id if mine is not None and mine.user_id is not None else by.user_id
