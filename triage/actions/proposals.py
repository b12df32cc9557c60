"""People deciding about a proposed move: accept, decline, undo. The world is checked again."""

from datetime import datetime, timedelta

from appointments.actions import OverrideWish, move
from appointments.models import Booking, DayLoad
from appointments.queries import FreeSlot, slot_with_places
from appointments.rules.matching import Board, Load, check_may_move
from hubs.queries import agreements_of
from practices import audit
from practices.models import Organisation
from practices.queries import limits_on
from practices.rules.london import day_of
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from practices.rules.roles import Role
from triage.actions.placing import tell_of
from triage.actions.stepping import lock_case, take_step
from triage.models import Case, Proposal
from triage.queries.movables import movable, place_of
from triage.rules.states import Step

UNDO_FOR = timedelta(minutes=15)
UNDOING = OverrideWish("service_failure", "Undo of a rebalancing move")
DECIDERS = frozenset({Role.PRACTICE_MANAGER, Role.DUTY})


def accept(*, public_id: str, by: Actor, at: datetime) -> Proposal:
    """The patient, who said yes, is in the other slot; refused as stale if the world moved on."""
    proposal = _lock_open(public_id, by=by)
    case = _case_of(proposal)
    _check_still_right(proposal, at=at)
    is_hub = proposal.to_slot.hub_id is not None
    made = move(
        booking_id=proposal.booking_id,
        to_slot_id=proposal.to_slot_id,
        because="rebalanced",
        is_urgent=False,
        overflow_reason="own_full" if is_hub else "",
        never_past_limit=True,
        by=by,
        at=at,
    )
    _follow(case, made.to_booking, by=by, at=at)
    proposal.move = made
    return _decide(proposal, Proposal.State.ACCEPTED, by=by, at=at)


def decline(*, public_id: str, reason: str, by: Actor, at: datetime) -> Proposal:
    """The booking stays, and this patient is not proposed again."""
    proposal = _lock_open(public_id, by=by)
    if not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why this move is declined", code="required", field="reason")
    proposal.decline_reason = reason[:200]
    return _decide(proposal, Proposal.State.DECLINED, by=by, at=at)


def undo(*, public_id: str, by: Actor, at: datetime) -> Proposal:
    """The patient is back in the old slot, within 15 minutes, if it is still free.

    The old clinician's day is then at most as full as it was before the move.
    """
    proposal = _lock(public_id, by=by)
    if proposal.state != Proposal.State.ACCEPTED or proposal.move is None:
        raise Conflict("There is nothing to undo.")
    if proposal.decided_at is None or at > proposal.decided_at + UNDO_FOR:
        raise Conflict("A move can be undone for 15 minutes. Move the booking instead.")
    case = _case_of(proposal)
    made = move(
        booking_id=proposal.move.to_booking_id,
        to_slot_id=proposal.booking.slot_id,
        because="undone",
        is_urgent=False,
        overflow_reason=proposal.booking.overflow_reason,
        override=UNDOING,
        by=by,
        at=at,
    )
    _check_no_fuller(proposal)
    _follow(case, made.to_booking, by=by, at=at)
    proposal.undo = made
    return _decide(proposal, Proposal.State.UNDONE, by=by, at=at)


def _lock(public_id: str, *, by: Actor) -> Proposal:
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("booking", "to_slot", "move")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Absent
    if not by.is_one_of(DECIDERS) or by.organisation_id != found.practice_id:
        raise Forbidden("Only the patient's practice decides about this move.")
    return found


def _lock_open(public_id: str, *, by: Actor) -> Proposal:
    proposal = _lock(public_id, by=by)
    if proposal.state != Proposal.State.OPEN:
        raise Conflict("This proposal was decided already.")
    return proposal


def _case_of(proposal: Proposal) -> Case | None:
    """The case, locked before any slot; an appointment planned ahead has none."""
    is_case = Case.objects.filter(reference=proposal.case_ref).exists()
    return lock_case(proposal.case_ref) if is_case else None


def _check_still_right(proposal: Proposal, *, at: datetime) -> None:
    """Everything the solver assumed still holds, on rows as they are now."""
    booked = movable(proposal.booking_id)
    slot = slot_with_places(proposal.to_slot_id, at=at)
    if booked is None or slot is None or booked.row.version != proposal.booking_version:
        raise Conflict("This booking has changed since it was proposed.")
    if booked.row.state != "booked":
        raise Conflict("This booking has changed since it was proposed.")
    try:
        place = place_of(slot, open_to=_open_to(slot, proposal.practice_id))
        check_may_move(booked.facts, place, _board(proposal, at=at), at)
    except Refused as refusal:
        raise Conflict(f"No longer right: {refusal}.") from refusal


def _open_to(slot: FreeSlot, practice_id: int) -> frozenset[int] | None:
    """Whose patients the slot is for; None for every practice with an agreement."""
    named = (slot.audience or {}).get("organisations")
    if named is None:
        return None if slot.hub_id else frozenset({slot.practice_id or 0})
    is_named = Organisation.objects.filter(pk=practice_id, code__in=named).exists()
    return frozenset({practice_id} if is_named else ())


def _board(proposal: Proposal, *, at: datetime) -> Board:
    today = day_of(at)
    ids = (proposal.booking.clinician_id, proposal.to_slot.clinician_id)
    limits = limits_on(ids, on=today)
    loads = {
        row.clinician_id: row.held + row.booked + row.logged
        for row in DayLoad.objects.filter(clinician_id__in=ids, day=today).order_by("pk")
    }
    agreed = agreements_of(proposal.practice_id, on=today)
    return Board(
        loads={
            pk: Load(limit=limit.effective.points, used=loads.get(pk, 0))
            for pk, limit in limits.items()
        },
        agreements=frozenset((row.practice_id, row.provider_id) for row in agreed),
        travel={(row.practice_id, row.provider_id): row.travel_minutes for row in agreed},
    )


def _check_no_fuller(proposal: Proposal) -> None:
    """Read once the points are back: the move has the day's row locked, so two undos queue."""
    giving = proposal.effects["giving"]
    load = DayLoad.objects.get(clinician_id=giving["clinician"], day=proposal.booking.day)
    if load.held + load.booked + load.logged > max(giving["before"], giving["limit"]):
        raise Conflict("The old clinician's day has filled up since. Move the booking instead.")


def _follow(case: Case | None, booking: Booking, *, by: Actor, at: datetime) -> None:
    """The case goes where its booking went, and the patient is told."""
    if case is not None:
        take_step(case, Step.MOVE_BOOKING, by=by, at=at, code="rebalanced", booking=booking)
    tell_of(booking, case, "changed", by=by, at=at)


def _decide(proposal: Proposal, state: str, *, by: Actor, at: datetime) -> Proposal:
    proposal.state, proposal.decided_at, proposal.decided_by_id = state, at, by.user_id
    proposal.save()
    audit.write(f"proposal.{state}", entity="proposal", entity_id=proposal.public_id, by=by, at=at)
    return proposal
