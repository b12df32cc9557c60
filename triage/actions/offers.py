"""A practice decides about a place at another network for a patient who waits."""

from datetime import datetime

from django.db.models import Q

from appointments.models import Booking
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from triage.actions.automatic import place_case
from triage.actions.proposal_checks import DECIDERS
from triage.actions.stepping import lock_case
from triage.actions.telling import tell_of
from triage.actions.undoing import undo_step
from triage.models import PlaceOffer, Proposal
from triage.rules.states import Step
from triage.rules.undoing import LENT, UNDO_FOR, check_mark

LONGEST_REASON = 200
# The practice has rung the patient, who said yes.
AGREED = "phone"
DECIDED = frozenset({Proposal.State.ACCEPTED, Proposal.State.DECLINED})


def accept_offer(*, public_id: str, by: Actor, at: datetime) -> Booking:
    """The patient, who said yes, has the place; refused if the world moved on."""
    offer = _lock_offer(public_id, by=by)
    case = lock_case(offer.case.reference)
    if case.version != offer.case_version:
        raise Conflict("This case has changed since the place was offered.")
    booking = place_case(
        case,
        slot_id=offer.to_slot_id,
        because=LENT,
        reasons=offer.reasons,
        method=AGREED,
        by=by,
        at=at,
    )
    tell_of(booking, case, "confirmed", not_before=at + UNDO_FOR, by=by, at=at)
    _decide(offer, Proposal.State.ACCEPTED, by=by, at=at)
    return booking


def decline_offer(*, public_id: str, reason: str, by: Actor, at: datetime) -> PlaceOffer:
    """The case waits on where it is, and is offered no such place again."""
    offer = _lock_offer(public_id, by=by)
    if not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why this place is declined", code="required", field="reason")
    offer.decline_reason = reason
    return _decide(offer, Proposal.State.DECLINED, by=by, at=at)


def undo_decision(*, public_id: str, by: Actor, at: datetime) -> PlaceOffer:
    """What I decided within ten seconds is open again (ADR 15).

    Nobody has the place, and the patient has heard nothing. Where another place was offered since,
    or this one to another patient, the case waits for the next look.
    """
    offer = _lock_ours(public_id, by=by)
    if offer.decided_at is None or offer.state not in DECIDED:
        raise Conflict("There is nothing to undo.")
    check_mark(offer.decided_by_id, offer.decided_at, by_id=by.user_id, now=at)
    reference = offer.case.reference
    if offer.state == Proposal.State.ACCEPTED:
        offer.case_version = undo_step(reference=reference, only=Step.BOOK, by=by, at=at).version
    elif lock_case(reference).version != offer.case_version:
        raise Conflict("This case has changed since, so nothing was undone.")
    offer.decline_reason = ""
    others = PlaceOffer.objects.filter(state=Proposal.State.OPEN)
    is_taken = others.filter(Q(case=offer.case_id) | Q(to_slot=offer.to_slot_id)).exists()
    audit.write("offer.undone", entity="offer", entity_id=offer.public_id, by=by, at=at)
    if is_taken:
        return _decide(offer, Proposal.State.STALE, by=by, at=at)
    offer.state, offer.decided_at, offer.decided_by_id = Proposal.State.OPEN, None, None
    offer.save()
    return offer


def _lock_offer(public_id: str, *, by: Actor) -> PlaceOffer:
    """The open offer, locked; in reach and for this person to decide, or refused."""
    found = _lock_ours(public_id, by=by)
    if found.state != Proposal.State.OPEN:
        raise Conflict("This offer was decided already.")
    return found


def _lock_ours(public_id: str, *, by: Actor) -> PlaceOffer:
    found = (
        PlaceOffer.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Absent
    if not by.is_one_of(DECIDERS) or found.practice_id != by.organisation_id:
        raise Forbidden("Only the patient's practice decides about this place.")
    return found


def _decide(offer: PlaceOffer, state: str, *, by: Actor, at: datetime) -> PlaceOffer:
    offer.state, offer.decided_at, offer.decided_by_id = state, at, by.user_id
    offer.save()
    audit.write(f"offer.{state}", entity="offer", entity_id=offer.public_id, by=by, at=at)
    return offer
