"""Taking back what a supervisor put their name to, within seconds."""

from datetime import datetime

from appointments import actions as appointments
from appointments.models import ContactEvent
from appointments.rules.codes import ContactKind
from practices.rules.reach import Actor
from triage.actions.stepping import lock_case
from triage.models import CaseStep
from triage.queries.marks import signed_since
from triage.rules.undoing import UNDO_FOR


def take_back_debrief(reviewed: CaseStep, *, by: Actor, at: datetime) -> None:
    """The review was a slip of the hand: what it cost my day counts no more."""
    mine = ContactEvent.objects.counted().filter(kind=ContactKind.DEBRIEF, booking=None)
    logged = mine.filter(at=reviewed.at, by_id=reviewed.by_id).order_by("-pk").first()
    if logged is not None:
        appointments.undo_contact(contact_id=logged.pk, by=by, at=at)


def undo_countersign(*, reference: str, by: Actor, at: datetime) -> int:
    """My name, given within ten seconds, is off these rules again. How many."""
    case = lock_case(reference)
    ids = signed_since(case.reference, by_id=by.user_id, since=at - UNDO_FOR)
    return len(appointments.take_back_name(ids, on_case=case.reference, by=by, at=at))
