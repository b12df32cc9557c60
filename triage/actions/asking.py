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
from triage.queries.asked import open_questions
from triage.rules.closing import says_something
from triage.rules.states import Step


def ask_supervisor(
    *, reference: str, question: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The question stands on every supervisor's screen until one of them has answered."""
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    if not says_something(question):
        raise Refused("Enter what you want to ask", code="required", field="question")
    if open_questions(case.hub_id, at=at, reference=reference):
        raise Conflict("The supervisor has your question already.", field="question")
    note = write_note(case, Note.Kind.REASON, question, by=by, at=at)
    news.changed(Subject.ALARMS, case.hub_id)
    return take_step(case, Step.ASK, by=by, at=at, note=note)


def answer_question(
    *, reference: str, reply: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The answer is in the history in the supervisor's own words; who has the case keeps it."""
    case = lock_case(reference, version=version)
    if by.role is not Role.SUPERVISOR or by.organisation_id != case.hub_id:
        raise Forbidden("Only a supervising clinician of the hub answers this.")
    if not open_questions(case.hub_id, at=at, reference=reference):
        raise Conflict("Nobody waits for an answer about this case any more.", field="reply")
    if not says_something(reply):
        raise Refused("Enter your answer", code="required", field="reply")
    note = write_note(case, Note.Kind.REASON, reply, by=by, at=at)
    news.changed(Subject.ALARMS, case.hub_id)
    return take_step(case, Step.ANSWER, by=by, at=at, note=note)
