"""A practice decides about a place at another network for a patient who waits."""

from datetime import datetime

from appointments.models import Booking
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from triage.actions.automatic import place_case
from triage.actions.proposal_checks import DECIDERS
from triage.actions.stepping import lock_case
from triage.actions.telling import tell_of
from triage.models import PlaceOffer, Proposal

LONGEST_REASON = 200
# The practice has rung the patient, who said yes.
AGREED = "phone"


def accept_offer(*, public_id: str, by: Actor, at: datetime) -> Booking:
    """The patient, who said yes, has the place; refused if the world moved on."""
    offer = _lock_offer(public_id, by=by)
    case = lock_case(offer.case.reference)
    if case.version != offer.case_version:
        raise Conflict("This case has changed since the place was offered.")
    booking = place_case(
        case,
        slot_id=offer.to_slot_id,
        because="mutual_aid",
        reasons=offer.reasons,
        method=AGREED,
        by=by,
        at=at,
    )
    tell_of(booking, case, "confirmed", by=by, at=at)
    _decide(offer, Proposal.State.ACCEPTED, by=by, at=at)
    return booking


def decline_offer(*, public_id: str, reason: str, by: Actor, at: datetime) -> PlaceOffer:
    """The case waits on where it is, and is offered no such place again."""
    offer = _lock_offer(public_id, by=by)
    if not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why this place is declined", code="required", field="reason")
    offer.decline_reason = reason
    return _decide(offer, Proposal.State.DECLINED, by=by, at=at)


def _lock_offer(public_id: str, *, by: Actor) -> PlaceOffer:
    """The open offer, locked; in reach and for this person to decide, or refused."""
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
    if found.state != Proposal.State.OPEN:
        raise Conflict("This offer was decided already.")
    return found


def _decide(offer: PlaceOffer, state: str, *, by: Actor, at: datetime) -> PlaceOffer:
    offer.state, offer.decided_at, offer.decided_by_id = state, at, by.user_id
    offer.save()
    audit.write(f"offer.{state}", entity="offer", entity_id=offer.public_id, by=by, at=at)
    return offer
