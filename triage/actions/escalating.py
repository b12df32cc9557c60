"""Calling for help: an urgent case nobody has goes to its practice's duty clinician as well."""

from datetime import datetime

from practices.rules.reach import Actor
from triage.actions.claiming import is_leased
from triage.actions.stepping import lock_case, take_step
from triage.models import Case
from triage.queries.escalation import call_due_of
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
