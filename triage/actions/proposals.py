"""People deciding about proposed moves: accept, decline, undo. The world is checked again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from appointments.actions import MoveWish, OverrideWish, move_all
from appointments.models import Booking, Move
from practices import audit
from practices.outbox import look_again
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Refused
from triage.actions.automatic import UNDO_FOR
from triage.actions.proposal_checks import (
    DECIDERS,
    check_no_fuller,
    check_open,
    check_still_right,
    lock_cases_of,
    lock_proposal,
    lock_proposals,
)
from triage.actions.stepping import take_step
from triage.actions.telling import tell_of
from triage.models import Case, Proposal, RebalanceRun
from triage.rules.states import Step

UNDOING = OverrideWish("service_failure", "Undo of a rebalancing move")


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of each of several proposals: done, or left with a sentence why."""

    done: tuple[Proposal, ...]
    left: tuple[tuple[Proposal, str], ...]


def accept(*, public_id: str, by: Actor, at: datetime) -> Proposal:
    """The patient, who said yes, is in the other slot; refused as stale if the world moved on."""
    proposal = lock_proposal(public_id, by=by)
    check_open(proposal)
    decided = make_moves([proposal], by=by, at=at)
    if decided.left:
        raise Conflict(decided.left[0][1])
    return decided.done[0]


def accept_all(*, public_ids: Collection[str], by: Actor, at: datetime) -> Decided:
    """Those patients, who all said yes, are in their other slots: all leave, then all arrive.

    A move that is no longer possible leaves its patient where they are, and with them only who
    wanted that place; their days are looked at again.
    """
    found = lock_proposals(public_ids, by=by)
    still_open = [one for one in found if one.state == Proposal.State.OPEN]
    decided = make_moves(still_open, by=by, at=at)
    for proposal, _ in decided.left:
        _decide(proposal, Proposal.State.STALE, by=by, at=at)
    if decided.left:
        look_again(organisation_id=found[0].practice_id, at=at)
    late = tuple((one, "It was decided already.") for one in found if one not in still_open)
    return Decided(decided.done, decided.left + late)


def decline(*, public_id: str, reason: str, by: Actor, at: datetime) -> Proposal:
    """The booking stays, and this patient is not proposed again."""
    proposal = lock_proposal(public_id, by=by)
    check_open(proposal)
    if not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why this move is declined", code="required", field="reason")
    proposal.decline_reason = reason
    return _decide(proposal, Proposal.State.DECLINED, by=by, at=at)


def undo_decline(*, public_id: str, by: Actor, at: datetime) -> Proposal:
    """The move may be proposed again: at once if it is still free to be, else by the next run."""
    proposal = lock_proposal(public_id, by=by)
    if proposal.state != Proposal.State.DECLINED:
        raise Conflict("There is nothing to undo.")
    _check_in_time(proposal, at=at)
    proposal.decline_reason = ""
    others = Proposal.objects.filter(state=Proposal.State.OPEN).exclude(pk=proposal.pk)
    is_taken = (
        others.filter(booking=proposal.booking_id).exists()
        or others.filter(to_slot=proposal.to_slot_id).exists()
        or proposal.booking.version != proposal.booking_version
    )
    look_again(organisation_id=proposal.practice_id, at=at)
    _decide(proposal, Proposal.State.STALE if is_taken else Proposal.State.OPEN, by=by, at=at)
    if not is_taken:
        proposal.decided_at = proposal.decided_by_id = None
        proposal.save(update_fields=["decided_at", "decided_by"])
    return proposal


def undo(*, public_id: str, by: Actor, at: datetime) -> Proposal:
    """The patient is back in the old slot, within 15 minutes, if it is still free.

    The old clinician's day is then at most as full as it was before the move.
    """
    proposal = lock_proposal(public_id, by=by)
    if proposal.state != Proposal.State.ACCEPTED or proposal.move is None:
        raise Conflict("There is nothing to undo.")
    _check_in_time(proposal, at=at)
    decided = _undo([proposal], by=by, at=at)
    if decided.left:
        raise Conflict(decided.left[0][1])
    return decided.done[0]


def undo_run(*, run_id: UUID | str, by: Actor, at: datetime) -> Decided:
    """Every move of the run that can be undone is, the last one first, each with its own checks."""
    mine = Proposal.objects.filter(
        run__public_id=run_id,
        practice=by.organisation_id,
        state=Proposal.State.ACCEPTED,
        decided_at__gte=at - UNDO_FOR,
    )
    names = [str(one) for one in mine.order_by("pk").values_list("public_id", flat=True)]
    if not by.is_one_of(DECIDERS) or not RebalanceRun.objects.filter(public_id=run_id).exists():
        raise Absent
    if not names:
        raise Conflict("Nothing of this plan can be undone any more. Move the bookings instead.")
    found = lock_proposals(names, by=by)
    going = [one for one in found if one.state == Proposal.State.ACCEPTED and one.move]
    return _undo(going, by=by, at=at)


def make_moves(
    proposals: list[Proposal], *, news: str = "changed", by: Actor, at: datetime
) -> Decided:
    """Those that are still right are made, all in one step; each other is left with its reason."""
    cases = lock_cases_of(proposals)
    left: dict[int, str] = {}
    wishes = []
    for one in proposals:
        try:
            check_still_right(one, together=proposals, at=at)
        except Refused as refusal:
            left[one.pk] = str(refusal)
        else:
            wishes.append(_wish(one))
    moved = move_all(wishes=wishes, by=by, at=at)
    done = []
    for one in proposals:
        if one.booking_id in moved.made:
            one.move = moved.made[one.booking_id]
            _follow(cases.get(one.case_ref), one.move.to_booking, news=news, by=by, at=at)
            done.append(_decide(one, Proposal.State.ACCEPTED, by=by, at=at))
        elif one.pk not in left:
            left[one.pk] = str(moved.stays[one.booking_id])
    return Decided(tuple(done), tuple((one, left[one.pk]) for one in proposals if one.pk in left))


def _undo(proposals: list[Proposal], *, by: Actor, at: datetime) -> Decided:
    """All go back together, so that what was a ring can be undone; a day too full drops its own."""
    cases = lock_cases_of(proposals)
    going = sorted(proposals, key=lambda one: (one.decided_at, one.pk), reverse=True)
    left: list[tuple[Proposal, str]] = []
    while True:
        with transaction.atomic():
            moved = move_all(wishes=[_way_back(one) for one in going], by=by, at=at)
            refused = _refused(going, moved.made, {k: str(v) for k, v in moved.stays.items()})
            if refused:
                transaction.set_rollback(True)
        if not refused:
            break
        left += refused
        gone = {one.pk for one, _ in refused}
        going = [one for one in going if one.pk not in gone]
    for one in going:
        assert one.move is not None, "only moves that were made are undone"
        one.undo = moved.made[one.move.to_booking_id]
        _follow(cases.get(one.case_ref), one.undo.to_booking, by=by, at=at)
        _decide(one, Proposal.State.UNDONE, by=by, at=at)
    return Decided(tuple(going), tuple(left))


def _refused(
    going: list[Proposal], made: dict[int, Move], stays: dict[int, str]
) -> list[tuple[Proposal, str]]:
    """Who cannot go back, and why."""
    found = []
    for one in going:
        assert one.move is not None, "only moves that were made are undone"
        if one.move.to_booking_id in made:
            try:
                check_no_fuller(one)
            except Conflict as refusal:
                found.append((one, str(refusal)))
        else:
            found.append((one, stays[one.move.to_booking_id]))
    return found


def _wish(proposal: Proposal) -> MoveWish:
    return MoveWish(
        booking_id=proposal.booking_id,
        to_slot_id=proposal.to_slot_id,
        because="rebalanced",
        is_urgent=False,
        overflow_reason="own_full" if proposal.to_slot.hub_id is not None else "",
        never_past_limit=True,
    )


def _way_back(proposal: Proposal) -> MoveWish:
    assert proposal.move is not None, "only moves that were made are undone"
    return MoveWish(
        booking_id=proposal.move.to_booking_id,
        to_slot_id=proposal.booking.slot_id,
        because="undone",
        is_urgent=False,
        overflow_reason=proposal.booking.overflow_reason,
        override=UNDOING,
    )


def _check_in_time(proposal: Proposal, *, at: datetime) -> None:
    if proposal.decided_at is None or at > proposal.decided_at + UNDO_FOR:
        raise Conflict("A decision can be undone for 15 minutes. Move the booking instead.")


def _follow(
    case: Case | None, booking: Booking, *, news: str = "changed", by: Actor, at: datetime
) -> None:
    """The case goes where its booking went, and the patient is told."""
    if case is not None:
        take_step(case, Step.MOVE_BOOKING, by=by, at=at, code="rebalanced", booking=booking)
    tell_of(booking, case, news, by=by, at=at)


def _decide(proposal: Proposal, state: str, *, by: Actor, at: datetime) -> Proposal:
    proposal.state, proposal.decided_at, proposal.decided_by_id = state, at, by.user_id
    proposal.save()
    audit.write(f"proposal.{state}", entity="proposal", entity_id=proposal.public_id, by=by, at=at)
    return proposal
