"""Every minute: who nobody has is called for, once each threshold and close; lists pause."""

from celery import shared_task

from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork
from triage.actions.asking import call_unanswered
from triage.actions.emergencies import tell_late_words as tell_late
from triage.actions.escalating import call_before_close, call_for_help
from triage.actions.reading_words import call_unread as call_for_reading
from triage.actions.supervising import GRACE, end_supervision
from triage.queries.asked import unanswered
from triage.queries.escalation import cases_to_call_for
from triage.queries.last_call import last_calls_due
from triage.queries.unread import late_to_read
from triage.queries.unsupervised import supervisors_gone

CLOCKWORK = clockwork("escalation")


@shared_task(name="triage.tasks.escalate")
def escalate(**_: object) -> int:
    """Every call for help that is due has been made; how many were."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        references, unread = cases_to_call_for(at=at), late_to_read(at=at)
        asked = unanswered(at=at)
    called = [
        perform(call_for_help, by=CLOCKWORK, at=at, reference=reference) for reference in references
    ]
    called += [
        perform(call_for_reading, by=CLOCKWORK, at=at, reference=reference) for reference in unread
    ]
    called += [
        perform(call_unanswered, by=CLOCKWORK, at=at, reference=reference) for reference in asked
    ]
    return sum(1 for case in called if case is not None)


@shared_task(name="triage.tasks.pause_unsupervised")
def pause_unsupervised(**_: object) -> int:
    """No list runs on after its supervisor's last session; how many supervisors had gone."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        gone = supervisors_gone(before=at - GRACE, at=at)
    ended = [
        perform(
            end_supervision,
            by=CLOCKWORK,
            at=at,
            hub_id=one.hub_id,
            supervisor_id=one.supervisor_id,
        )
        for one in gone
    ]
    return sum(1 for one in ended if one is not None)


@shared_task(name="triage.tasks.call_unread")
def call_unread(*, reference: str) -> bool:
    """Promised when the words came in, and kept the moment they are due: whether it called."""
    called = perform(call_for_reading, by=CLOCKWORK, at=clock.now(), reference=reference)
    return called is not None


@shared_task(name="triage.tasks.tell_late_words")
def tell_late_words(*, reference: str) -> bool:
    """The same for a call for help, and for words at a hub's desk: whether it is late."""
    return perform(tell_late, by=CLOCKWORK, at=clock.now(), reference=reference) is not None


@shared_task(name="triage.tasks.sweep_before_close")
def sweep_before_close(**_: object) -> int:
    """Whatever nobody has before a door closes, and once the hub has closed, was called for."""
    at = clock.now()
    with opened(CLOCKWORK.reach, at=at):
        due = last_calls_due(at=at)
    called = [
        perform(call_before_close, by=CLOCKWORK, at=at, reference=reference, call=call)
        for reference, call in due
    ]
    return sum(1 for case in called if case is not None)
