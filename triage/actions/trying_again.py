"""Who could not be reached reads that we tried and will try again, once in a run of attempts."""

from datetime import datetime
from typing import Unpack

from practices.actions import Reached, leave_unsaid, may_write, take_back
from practices.models import Message
from practices.rules.message_words import Facts, News
from practices.rules.reach import Actor
from triage.actions.telling import tell_case
from triage.models import Case
from triage.queries.tries import tries_of
from triage.rules.attempts import is_to_write, run_of
from triage.rules.codes import Urgency
from triage.rules.undoing import UNDO_FOR


def write_that_we_tried(case: Case, *, by: Actor, at: datetime) -> None:
    """One message tells of the run of attempts that stands; none once somebody was reached.

    It leaves when the attempt can be undone no more, and only where nobody of ours has to carry
    it: whoever gets none is tried another way.
    """
    tried, urgency = tries_of(case), Urgency(f"P{case.urgency}")
    run = run_of(tried)
    if not run:
        leave_unsaid(News.TRIED, case=case.reference, by=by, at=at)
        return
    said = Message.objects.filter(case_ref=case.reference, kind=News.TRIED)
    said = said.filter(queued_at__gte=run[0].at).exclude(state=Message.State.SUPERSEDED)
    if not is_to_write(tried, urgency, at=at) or not _may_write(case, at=at) or said.exists():
        return
    facts: Facts = {"tried_at": run[-1].at, "is_emergency": urgency is Urgency.P0}
    _tell(case, by=by, at=at, **facts)


def unwrite_that_we_tried(case: Case, *, since: datetime, by: Actor, at: datetime) -> None:
    """The attempt was a slip: what it promised to write is not written, or it stands."""
    take_back(News.TRIED, case=case.reference, since=since, by=by, at=at)


def _tell(case: Case, *, by: Actor, at: datetime, **facts: Unpack[Facts]) -> None:
    tell_case(News.TRIED, case, not_before=at + UNDO_FOR, by=by, at=at, **facts)


def _may_write(case: Case, *, at: datetime) -> bool:
    reached = Reached(
        phone=case.phone,
        may_text=case.safe_to_text,
        is_confidential=case.is_confidential,
        needs=case.access_needs,
    )
    return may_write(patient=case.patient, reached=reached, at=at)
