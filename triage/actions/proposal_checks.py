"""Whether a proposed move is still right, on rows as they are now and under lock."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from appointments.models import DayLoad
from appointments.queries import FreeSlot, slot_with_places
from appointments.rules.matching import Board, Load, check_may_leave, check_may_move
from hubs.queries import agreements_of
from practices.models import Organisation
from practices.queries import limits_on
from practices.rules.london import day_of
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from practices.rules.roles import Role
from triage.models import Case, Proposal
from triage.queries.movables import movable, place_of
from triage.queries.unsupervised import paused_now

DECIDERS = frozenset({Role.PRACTICE_MANAGER, Role.DUTY})


def lock_proposals(public_ids: Collection[str], *, by: Actor) -> list[Proposal]:
    """The proposals, locked by id; all in reach and for this person to decide, or refused."""
    found = list(
        Proposal.objects.select_for_update(of=("self",))
        .select_related("booking", "to_slot", "move")
        .filter(public_id__in=public_ids)
        .order_by("pk")
    )
    if len(found) != len(set(public_ids)):
        raise Absent
    mine = {by.organisation_id} if by.is_one_of(DECIDERS) else set()
    if any(one.practice_id not in mine for one in found):
        raise Forbidden("Only the patient's practice decides about this move.")
    return found


def lock_proposal(public_id: str, *, by: Actor) -> Proposal:
    """The one proposal, locked."""
    (found,) = lock_proposals([public_id], by=by)
    return found


def check_open(proposal: Proposal) -> None:
    """Nobody has decided yet."""
    if proposal.state != Proposal.State.OPEN:
        raise Conflict("This proposal was decided already.")


def lock_cases_of(proposals: Collection[Proposal]) -> dict[str, Case]:
    """Their cases, locked before any slot is; an appointment planned ahead has none."""
    refs = {one.case_ref for one in proposals} - {""}
    found = Case.objects.select_for_update(of=("self",)).select_related("patient", "booking")
    return {case.reference: case for case in found.filter(reference__in=refs).order_by("pk")}


def check_still_right(
    proposal: Proposal, *, together: Sequence[Proposal] = (), at: datetime
) -> None:
    """Everything the solver assumed still holds, once those who move together have left."""
    booked = movable(proposal.booking_id)
    slot = slot_with_places(proposal.to_slot_id, at=at)
    if booked is None or slot is None or booked.row.version != proposal.booking_version:
        raise Conflict("This booking has changed since it was proposed.")
    if booked.row.state != "booked":
        raise Conflict("This booking has changed since it was proposed.")
    leaving = [one for one in together if one.pk != proposal.pk]
    vacated = sum(one.booking.slot_id == slot.id for one in leaving)
    try:
        place = place_of(slot, open_to=_open_to(slot, proposal.practice_id))
        place = replace(place, places_left=place.places_left + vacated)
        board = _board(proposal, at=at)
        check_may_leave(booked.facts, board, at)
        check_may_move(booked.facts, place, _once_left(board, proposal, leaving), at)
    except Refused as refusal:
        raise Conflict(f"No longer right: {refusal}.") from refusal


def check_no_fuller(proposal: Proposal) -> None:
    """Read once the points are back: the move has the day's row locked, so two undos queue."""
    giving = proposal.effects["giving"]
    load = DayLoad.objects.get(clinician_id=giving["clinician"], day=proposal.booking.day)
    if load.held + load.booked + load.logged > max(giving["before"], giving["limit"]):
        raise Conflict("The old clinician's day has filled up since. Move the booking instead.")


def _open_to(slot: FreeSlot, practice_id: int) -> frozenset[int] | None:
    """Whose patients the slot is for; None for every practice with an agreement."""
    if slot.is_held_back:
        return frozenset()
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
    alone = (proposal.booking.clinician_id, proposal.booking.hub_id) in paused_now(at=at)
    # Who may not work now is past any limit: everybody who can leaves.
    floor = {proposal.booking.clinician_id: 0} if alone else {}
    return Board(
        loads={
            pk: Load(limit=floor.get(pk, limit.effective.points), used=loads.get(pk, 0))
            for pk, limit in limits.items()
        },
        agreements=frozenset((row.practice_id, row.provider_id) for row in agreed),
        travel={(row.practice_id, row.provider_id): row.travel_minutes for row in agreed},
    )


def _once_left(board: Board, proposal: Proposal, leaving: Sequence[Proposal]) -> Board:
    """The receiving clinician's day without the patients who leave it in the same chain."""
    taking = proposal.to_slot.clinician_id
    load = board.loads.get(taking)
    if load is None:
        return board
    points = sum(one.booking.points for one in leaving if one.booking.clinician_id == taking)
    return replace(board, loads={**board.loads, taking: replace(load, used=load.used - points)})
