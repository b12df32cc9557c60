"""Why: how many of a practice's patients call for its duty clinician now, on whatever page."""

from dataclasses import dataclass
from datetime import datetime

from practices.rules.reach import Actor
from triage.queries.escalation import unheld, waiting_of
from triage.queries.last_call import to_decide
from triage.rules.ordering import needs_duty_clinician, time_left
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Calls:
    """References: who calls for help, who of them is late, and what the hub hands back."""

    calling: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    handed_back: tuple[str, ...] = ()


def calls_now(*, by: Actor, at: datetime) -> Calls:
    """The same cases as stand on the duty page. One statement, before a close one more."""
    decided = {row.reference for row in to_decide(by=by, at=at).rows}
    found = list(unheld(at=at).filter(practice_id__in=by.reach.own).order_by("reference"))
    backs = [case for case in found if case.state == State.HANDED_BACK]
    calling = [
        case
        for case in found
        if case.state != State.HANDED_BACK
        and case.reference not in decided
        and (case.escalated or needs_duty_clinician(waiting_of(case), at))
    ]
    return Calls(
        calling=tuple(case.reference for case in calling),
        late=tuple(
            case.reference for case in calling if time_left(waiting_of(case), at).is_overdue
        ),
        handed_back=tuple(case.reference for case in backs),
    )
