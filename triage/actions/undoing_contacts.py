"""Taking back a contact that was logged with one press: the meter stands as it did before."""

from datetime import datetime

from appointments import actions as appointments
from appointments.models import ContactEvent
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict
from triage.models import CaseStep, PaperLine
from triage.rules.paper import SheetKind
from triage.rules.states import Step
from triage.rules.undoing import check_mark


def undo_contact(*, contact_id: int, by: Actor, at: datetime) -> ContactEvent:
    """What I logged within ten seconds counts no more, whatever else is on my day.

    A contact that came with something else is not undone alone.
    """
    undone = appointments.undo_contact(contact_id=contact_id, by=by, at=at)
    check_mark(undone.by_id, undone.at, by_id=by.user_id, now=at)
    if _is_of_a_review(undone) or _is_of_a_sheet(undone):
        raise Conflict("This contact was logged with something else, so it stands.")
    return undone


def _is_of_a_review(contact: ContactEvent) -> bool:
    reviews = CaseStep.objects.filter(step=Step.REVIEW, at=contact.at, by_id=contact.by_id)
    return reviews.exists()


def _is_of_a_sheet(contact: ContactEvent) -> bool:
    lines = PaperLine.objects.filter(kind=SheetKind.CONTACT, happened_at=contact.at)
    return lines.filter(entered_by_id=contact.by_id).exists()
