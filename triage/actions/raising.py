"""A second look that finds somebody worse: the case is in the queue again, with its new class."""

from datetime import datetime

from practices.rules.reach import Actor
from triage.actions.deciding import change_class, reopen
from triage.actions.second_looks import check_waits, settle_looks
from triage.models import Case
from triage.rules.codes import Urgency
from triage.rules.second_looks import How
from triage.rules.states import State


def raise_look(*, reference: str, urgency: Urgency, reason: str, by: Actor, at: datetime) -> Case:
    """The case waits in the queue with the class, and nobody looks for it elsewhere any more."""
    case = check_waits(reference, by=by)
    if case.state == State.CLOSED:
        reopen(reference=reference, reason=reason, by=by, at=at)
    else:
        settle_looks(case, How.RAISED, by=by, at=at)
    return change_class(reference=reference, urgency=urgency, reason=reason, by=by, at=at)
