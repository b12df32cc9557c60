"""Who else was in the room at an intimate examination: kept in the case's history for good."""

from datetime import datetime

from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.claiming import check_mine
from triage.actions.stepping import last_step, lock_case, take_step, write_note
from triage.models import Case, Note
from triage.rules.chaperones import Chaperone, check_chaperone, is_in_the_room
from triage.rules.states import State, Step


def record_chaperone(
    *,
    reference: str,
    offered: Chaperone,
    chaperone_name: str = "",
    is_trained: bool = False,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """It is on record that a chaperone was offered, and who it was; once more corrects it."""
    case = lock_case(reference, version=version)
    _check_sees(case, by=by, at=at)
    check_chaperone(offered, name=chaperone_name, is_trained=is_trained)
    named = chaperone_name if offered is Chaperone.ACCEPTED else ""
    note = write_note(case, Note.Kind.REASON, named, by=by, at=at)
    return take_step(case, Step.CHAPERONE, by=by, at=at, code=offered, note=note)


def _check_sees(case: Case, *, by: Actor, at: datetime) -> None:
    """Whoever has the case, sees the patient at its appointment or leads there, or closed it."""
    if by.clinician_id is None or not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician records a chaperone.")
    if case.state == State.CLAIMED:
        check_mine(case, by=by, at=at)
    if case.state == State.BOOKED and not _is_in_the_room(case, by=by):
        raise Forbidden(
            "Whoever sees the patient at this appointment records the chaperone, or the supervising"
            " or duty clinician where it is."
        )
    ended = last_step(case, Step.CLOSE) if case.state == State.CLOSED else None
    if ended is not None and ended.by_id != by.user_id:
        raise Forbidden("Whoever closed this case records the chaperone.")


def _is_in_the_room(case: Case, *, by: Actor) -> bool:
    """An appointment beyond our reach is not ours to say anything of."""
    booking = case.booking
    return booking is not None and is_in_the_room(
        by, clinician_id=booking.clinician_id, house_id=booking.slot.provider_id
    )
