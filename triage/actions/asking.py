"""Asking the supervisor now, and the answer; both are kept in the case's history."""

from datetime import datetime

from practices import news
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import Role
from triage.actions.claiming import check_mine
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.queries.asked import may_call, open_questions
from triage.queries.other_supervisors import supervisors_here
from triage.rules.asking import UNANSWERED
from triage.rules.closing import says_something
from triage.rules.states import State, Step


def ask_supervisor(
    *, reference: str, question: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The question stands on every supervisor's screen until one of them has answered.

    Where none is there, the practice's duty clinician is called at once.
    """
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    if not says_something(question):
        raise Refused("Enter what you want to ask", code="required", field="question")
    if open_questions(case.hub_id, reference=reference):
        raise Conflict("The supervisor has your question already.", field="question")
    note = write_note(case, Note.Kind.REASON, question, by=by, at=at)
    news.changed(Subject.ALARMS, case.hub_id)
    asked = take_step(case, Step.ASK, by=by, at=at, note=note)
    return asked if supervisors_here(case.hub_id, at=at) else _call(asked, by=by, at=at)


def call_unanswered(*, reference: str, by: Actor, at: datetime) -> Case | None:
    """No supervisor has answered for minutes: the duty clinician is asked too, once."""
    case = lock_case(reference)
    waits = open_questions(case.hub_id, reference=reference)
    if not waits or waits[-1].is_called or State(case.state) not in may_call():
        return None
    return _call(case, by=by, at=at)


def _call(case: Case, *, by: Actor, at: datetime) -> Case:
    news.changed(Subject.ALARMS, case.practice_id)
    return take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=UNANSWERED)


def answer_question(
    *, reference: str, reply: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The answer is in the history in their own words; who has the case keeps it.

    The duty clinician of the practice answers too, once no supervisor did.
    """
    case = lock_case(reference, version=version)
    waits = open_questions(case.hub_id, reference=reference)
    supervises = by.role is Role.SUPERVISOR and by.organisation_id == case.hub_id
    is_duty = by.role is Role.DUTY and case.practice_id in by.reach.own
    if not supervises and not (is_duty and waits and waits[-1].is_called):
        raise Forbidden("Only a supervising clinician of the hub answers this.")
    if not waits:
        raise Conflict("Nobody waits for an answer about this case any more.", field="reply")
    if not says_something(reply):
        raise Refused("Enter your answer", code="required", field="reply")
    note = write_note(case, Note.Kind.REASON, reply, by=by, at=at)
    news.changed(Subject.ALARMS, case.hub_id)
    news.changed(Subject.ALARMS, case.practice_id)
    return take_step(case, Step.ANSWER, by=by, at=at, note=note)
