"""Calling for help: an urgent case nobody has goes to its practice's duty clinician as well."""

from datetime import datetime

from practices import news
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.stepping import is_leased, lock_case, take_step
from triage.models import Case
from triage.queries.escalation import call_due_of
from triage.queries.last_call import calls_made, sent_to_duty
from triage.rules.codes import Urgency
from triage.rules.last_call import CALLED_FOR, LastCall
from triage.rules.states import PLACED, State, Step


def call_for_help(*, reference: str, by: Actor, at: datetime) -> Case | None:
    """The case stands on the duty clinician's page, with a line in its history.

    Once for each threshold, however often this runs; None when somebody has the case by now.
    """
    case = lock_case(reference)
    if State(case.state) in PLACED or is_leased(case, at=at):
        return None
    due = call_due_of(case, at=at)
    if due is None:
        return None
    return take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=due.value, escalated=due.percent)


def call_now(case: Case, call: LastCall, *, by: Actor, at: datetime) -> Case | None:
    """The case stands on the duty clinician's page at once; None where somebody has it.

    It waits in the hub's queue as well, so that somebody has it where nobody is on duty.
    """
    if State(case.state) in PLACED or is_leased(case, at=at):
        return None
    news.changed(Subject.ALARMS, case.practice_id)
    called = max(case.escalated, CALLED_FOR)
    return take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=call.value, escalated=called)


def send_to_duty(*, reference: str, by: Actor, at: datetime) -> Case:
    """A desk sends an emergency that nobody has to the duty clinician; twice changes nothing."""
    case = lock_case(reference)
    if case.urgency != Urgency.P0.rank:
        raise Refused("This is not an emergency. Find it a place.", code="class")
    if not sent_to_duty([reference], at=at):
        call_now(case, LastCall.DESK, by=by, at=at)
    return case


def call_before_close(*, reference: str, call: LastCall, by: Actor, at: datetime) -> Case | None:
    """The case is to be decided before a door closes: it says so, and so do the pages.

    Once for each call and day, however often this runs; None when somebody has the case by now.
    """
    case = lock_case(reference)
    if State(case.state) in PLACED or is_leased(case, at=at):
        return None
    if call in calls_made([case.pk], at=at)[case.pk]:
        return None
    news.changed(Subject.ALARMS, case.practice_id)
    news.changed(Subject.ALARMS, case.hub_id)
    called = max(case.escalated, CALLED_FOR)
    return take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=call.value, escalated=called)
