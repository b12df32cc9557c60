"""What the page after a step offers to take back."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from practices.rules.undo_offer import UndoOffer
from triage.rules.codes import ClassStatus
from triage.rules.states import Step
from triage.rules.undoing import INSTEAD, UNDO_FOR


class Changed(Protocol):
    """A case as a step has left it."""

    reference: str
    version: int
    booking_id: int | None
    booking: object | None
    state: str
    urgency_status: str


class Logged(Protocol):
    """A contact that was logged."""

    pk: int


def undo_offer(case: Changed, step: Step, *, at: datetime) -> str:
    """The offer, kept for the next page; blank where the step was final."""
    # What became of an appointment out of reach stands.
    is_final = step is Step.CLOSE and case.booking_id is not None and case.booking is None
    # Who may not sign has only raised the class, and that stands.
    is_raised = step is Step.SIGN_CLASS and case.urgency_status != ClassStatus.SIGNED
    if is_final or is_raised:
        return ""
    return UndoOffer(
        address=reverse("triage:undo_step", args=[case.reference, case.version]),
        until=at + UNDO_FOR,
        instead=INSTEAD[step],
        href=reverse("triage:case", args=[case.reference]),
    ).packed()


def contact_offer(contact: Logged, *, href: str, at: datetime) -> str:
    """The same of a contact on my own meter, which stands at `href`."""
    return UndoOffer(
        address=reverse("triage:undo_contact", args=[contact.pk]),
        until=at + UNDO_FOR,
        instead="The contact stands",
        href=href,
        link="look at your day",
    ).packed()


def name_offer(reference: str, *, at: datetime) -> str:
    """The same of a name under the rules that were passed over for a case."""
    return UndoOffer(
        address=reverse("triage:undo_countersign", args=[reference]),
        until=at + UNDO_FOR,
        instead="Your name stands",
        href=reverse("triage:case", args=[reference]),
    ).packed()


def call_offer(public_id: UUID, *, href: str, at: datetime) -> str:
    """The same of a call to somebody who stood at the hub's desk."""
    return UndoOffer(
        address=reverse("triage:undo_answer", args=[public_id]),
        until=at + UNDO_FOR,
        instead="What was said stands",
        href=href,
        link="go on with the list",
    ).packed()


def place_offer(public_id: UUID | str, instead: str, *, at: datetime) -> str:
    """The same of what was decided about a place of another network."""
    return UndoOffer(
        address=reverse("triage:undo_offer", args=[public_id]),
        until=at + UNDO_FOR,
        instead=instead,
        href=f"{reverse('triage:proposals')}#offers",
        link="go on with the list",
    ).packed()


def mark_offer(public_id: UUID, version: int, *, said_at: datetime) -> str:
    """The same of what was said of an appointment at the front desk."""
    return UndoOffer(
        address=reverse("triage:undo_mark", args=[public_id, version]),
        until=said_at + UNDO_FOR,
        instead="What was said stands",
        href=f"#arrival-{public_id}",
        link="go on with the list",
    ).packed()


def move_offer(public_id: UUID, *, href: str, at: datetime) -> str:
    """The same of an appointment that was moved; `href` is the page it is moved from."""
    return UndoOffer(
        address=reverse("triage:undo_move", args=[public_id]),
        until=at + UNDO_FOR,
        instead=INSTEAD[Step.MOVE_BOOKING],
        href=href,
        link="open the appointment",
    ).packed()
