"""The practice's own tasks: taken, put back, done with a note, or sent to a clinician."""

from datetime import datetime

from practices.actions.reading import log_seen
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import PRACTICE_ROLES
from triage.actions.deciding import OutcomeWish, close
from triage.actions.reading_words import promise_reading, raised_by
from triage.actions.stepping import lock_case, take_step, to_hub, write_note
from triage.actions.telling import tell_case
from triage.models import Case, Note
from triage.queries.paperwork import Tasks, tasks
from triage.rules.closing import says_something
from triage.rules.codes import Outcome
from triage.rules.lanes import Lane
from triage.rules.states import State, Step


def open_tasks(*, by: Actor, at: datetime) -> Tasks:
    """My practice's tasks, and a line that says who looked at them."""
    found = tasks(practice_id=by.organisation_id or 0, at=at)
    log_seen(found.patient_ids, page="tasks", by=by, at=at)
    return found


def take_task(*, reference: str, by: Actor, at: datetime) -> Case:
    """The task is mine; taken again by me, nothing changes."""
    case = _open_task(reference, by=by)
    if case.taken_by_id == by.user_id:
        return case
    if case.taken_by_id is not None:
        raise Conflict("A colleague took this a moment ago.", code="claimed")
    return take_step(case, Step.TAKE, by=by, at=at, taken_by_id=by.user_id, taken_at=at)


def put_back_task(*, reference: str, by: Actor, at: datetime) -> Case:
    """Nobody has the task; it waits for anybody at the practice, still due when it was.

    A colleague may do it too: who has gone home cannot.
    """
    case = _open_task(reference, by=by)
    return take_step(case, Step.PUT_BACK, by=by, at=at, taken_by_id=None, taken_at=None)


def finish_task(*, reference: str, note: str, by: Actor, at: datetime) -> Case:
    """The task is done, it is written what was done, and the patient is told that it is."""
    case = _open_task(reference, by=by)
    if not says_something(note):
        raise Refused("Enter what you did", code="required", field="note")
    close(reference=reference, wish=OutcomeWish(Outcome.ADMIN_DONE, note=note), by=by, at=at)
    tell_case("closed", case, by=by, at=at)
    return case


def send_to_clinician(*, reference: str, reason: str, by: Actor, at: datetime) -> Case:
    """It is not paperwork: the case waits in the hub's queue, and a clinician decides.

    A reason that may mean a red flag is read like a patient's own words: within five minutes.
    """
    case = _open_task(reference, by=by)
    if not says_something(reason):
        raise Refused("Enter why a clinician should look", code="required", field="note")
    said = write_note(case, Note.Kind.REASON, reason, by=by, at=at)
    to_hub(case, by=by, at=at)
    case = take_step(
        case,
        Step.TO_CLINICIAN,
        by=by,
        at=at,
        note=said,
        bookable_now=False,
        bookable_because="The practice asks for a clinician's look",
        **raised_by(case, reason, at=at),
    )
    return promise_reading(case, at=at)


def _open_task(reference: str, *, by: Actor) -> Case:
    """The locked task, if it is still one of my practice."""
    case = lock_case(reference)
    if not by.is_one_of(PRACTICE_ROLES) or by.organisation_id != case.practice_id:
        raise Forbidden("Only the practice itself can do this.")
    if case.lane != Lane.PRACTICE:
        raise Conflict("This is with the clinicians now, not among our tasks.", code="stale")
    if case.state != State.WAITING:
        raise Conflict("This is no longer among our tasks.", code="stale")
    return case
