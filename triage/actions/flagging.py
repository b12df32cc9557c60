"""A red flag that is asked about again: said now, it is an emergency from then on."""

from datetime import datetime

from hubs.queries import hub_hours
from hubs.rules.opening import core_hours
from practices.clock import bank_holidays
from practices.rules.reach import Actor
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.queries.card import card_of_case
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.due import due_for
from triage.rules.reading import Asked
from triage.rules.red_flags import flags_of
from triage.rules.states import Step
from triage.rules.urgency import raise_only


def tick_flag(*, reference: str, code: str, by: Actor, at: datetime) -> Case:
    """The case has the flag and its class from now, P0 mostly; ticked again, nothing changes."""
    case = lock_case(reference)
    (flag,) = flags_of([code], card_of_case(case))
    raised = raise_only(Urgency(f"P{case.urgency}"), flag.urgency)
    if code in case.red_flags and case.urgency == raised.rank:
        return case
    hub = hub_hours(case.hub_id, holidays=bank_holidays())
    fresh = due_for(raised, at, core=core_hours(bank_holidays()), hub=hub)
    note = write_note(case, Note.Kind.REASON, f"Red flag: {flag.question}", by=by, at=at)
    return take_step(
        case,
        Step.RAISE_CLASS,
        by=by,
        at=at,
        code=raised.value,
        note=note,
        urgency=raised.rank,
        urgency_status=ClassStatus.PROVISIONAL.value,
        due_at=min(fresh, case.due_at),
        red_flags=sorted({*case.red_flags, code}),
        bookable_now=False,
        bookable_because="A red flag was said: a clinician looks first",
    )


def keep_asked(*, reference: str, code: str, said: Asked, by: Actor, at: datetime) -> Case:
    """They were asked again, and did not say yes. A clinician reads the words all the same."""
    case = lock_case(reference)
    (flag,) = flags_of([code], card_of_case(case))
    note = write_note(case, Note.Kind.REASON, flag.question, by=by, at=at)
    return take_step(case, Step.ASKED_AGAIN, by=by, at=at, code=said.value, note=note)
