"""Every minute: urgent cases nobody has call for help, each threshold and each close once."""

from celery import shared_task

from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork
from triage.actions.escalating import call_before_close, call_for_help
from triage.queries.escalation import cases_to_call_for
from triage.queries.last_call import last_calls_due

CLOCKWORK = clockwork("escalation")


@shared_task(name="triage.tasks.escalate")
def escalate(**_: object) -> int:
    """Every call for help that is due has been made; how many were."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        references = cases_to_call_for(at=at)
    called = [
        perform(call_for_help, by=CLOCKWORK, at=at, reference=reference) for reference in references
    ]
    return sum(1 for case in called if case is not None)


@shared_task(name="triage.tasks.sweep_before_close")
def sweep_before_close(**_: object) -> int:
    """Whatever nobody has an hour, and half an hour, before a door closes was called for."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        due = last_calls_due(at=at)
    called = [
        perform(call_before_close, by=CLOCKWORK, at=at, reference=reference, call=call)
        for reference, call in due
    ]
    return sum(1 for case in called if case is not None)
