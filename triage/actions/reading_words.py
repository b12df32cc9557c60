"""Words that may mean a red flag are read by a clinician in time, or help is called for."""

from datetime import datetime
from typing import Any

from hubs.queries import hub_hours
from hubs.rules.opening import core_hours
from practices import news
from practices.clock import bank_holidays
from practices.news import Subject
from practices.outbox import later
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from triage.actions.signing import may_sign
from triage.actions.stepping import lock_case, take_step
from triage.models import Case, CaseStep
from triage.queries.card import card_of_case
from triage.queries.unread import is_late
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.due import due_for
from triage.rules.reading import UNREAD, read_due
from triage.rules.red_flags import scan
from triage.rules.states import Step
from triage.rules.urgency import SCAN_FLOOR, raise_only


def read_words(*, reference: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """A clinician has read what was said; a second press changes nothing."""
    case = lock_case(reference, version=version)
    if not may_sign(by):
        raise Forbidden("Only a clinician who may sign a class reads these words.")
    if case.read_due_at is None:
        return case
    tell_unread(case)
    return take_step(case, Step.READ_WORDS, by=by, at=at)


def heard(case: Case, words: str, *, at: datetime) -> dict[str, object]:
    """What a desk that heard these words makes of the case, where they may mean a red flag."""
    found = {hit.code for hit in scan(words, card_of_case(case))}
    if not found:
        return {}
    due = read_due(case.read_due_at, is_hit=True, at=at)
    return {"scan_hits": sorted({*case.scan_hits, *found}), "read_due_at": due}


def raised_by(case: Case, words: str, *, at: datetime) -> dict[str, Any]:
    """The same, with the class and due time of words that nobody has read; only ever sooner."""
    told = heard(case, words, at=at)
    if not told:
        return {}
    urgency = raise_only(Urgency(f"P{case.urgency}"), SCAN_FLOOR)
    hub = hub_hours(case.hub_id, holidays=bank_holidays())
    fresh = due_for(urgency, at, core=core_hours(bank_holidays()), hub=hub)
    return told | {
        "urgency": urgency.rank,
        "urgency_status": ClassStatus.PROVISIONAL.value,
        "due_at": min(fresh, case.due_at),
    }


def promise_reading(case: Case, *, at: datetime) -> Case:
    """The outbox looks whether the words were read, at the minute they are due."""
    due = case.read_due_at
    if due is not None:
        later("triage.tasks.call_unread", at=at, due_at=due, reference=case.reference)
    return case


def call_unread(*, reference: str, by: Actor, at: datetime) -> Case | None:
    """The words are late: the duty clinician and the hub read so, and so does the history.

    Once, however often this runs; None when they were read, or somebody has the case by now.
    """
    case = lock_case(reference)
    if not is_late(case, at=at) or _is_called(case):
        return None
    tell_unread(case)
    return take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=UNREAD)


def _is_called(case: Case) -> bool:
    """Whether help was called for since these words are late."""
    calls = CaseStep.objects.filter(case=case, step=Step.CALL_FOR_HELP, code=UNREAD)
    return calls.filter(at__gte=case.read_due_at).exists()


def tell_unread(case: Case) -> None:
    """Every clinician's banner looks again."""
    news.changed(Subject.ALARMS, case.practice_id)
    news.changed(Subject.ALARMS, case.hub_id)
