"""Mutual aid: what networks could not do by themselves, proposed to places of other networks.

Nothing here moves or books anybody: the patient's practice does, with every rule asked again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from appointments.rules.codes import Mode
from appointments.rules.rebalancing import Placement, Plan
from practices import audit
from practices.rules.reach import Actor
from triage.actions.rebalancing import ask_run, certificate, finish, one_at_a_time, propose, said
from triage.models import PlaceOffer, Proposal, RebalanceRun
from triage.queries.parameters import set_of_network
from triage.queries.residual import Residual
from triage.queries.snapshot import Pool

LONGEST_REGION = 12
NO_OWN_PLACE = "No place of the own network fits"
Runs = Mapping[int, int]


def ask_aid(
    *, region: str, bucket: int, network_ids: Sequence[int], by: Actor, at: datetime
) -> Runs:
    """The region's pass of these five minutes has a run for each network; empty once it is done."""
    asked = {}
    for network_id in sorted(network_ids):
        key = f"aid-{region[:LONGEST_REGION]}-{bucket}-{network_id}"
        run = ask_run(
            network_id=network_id,
            apply="none",
            key=key,
            kind=RebalanceRun.Kind.AID,
            by=by,
            at=at,
        )
        if run.status != RebalanceRun.Status.DONE:
            asked[network_id] = run.pk
    return asked


def record_aid(
    *,
    runs: Runs,
    found: Residual,
    plan: Plan,
    names: Mapping[int, str],
    who_takes_part: Callable[[], Collection[int]],
    in_time: bool = True,
    by: Actor,
    at: datetime,
) -> int:
    """The pass stands as open proposals and offers, how many; done twice, nothing more happens.

    `names` are the networks' as people know them. Who takes part is asked once more under the
    lock: a network that has left since the pass began asks nobody and helps nobody.
    """
    for network_id in sorted({*runs, *found.network_of.values()}):
        one_at_a_time(network_id)
    part = frozenset(who_takes_part())
    locked = RebalanceRun.objects.select_for_update().filter(pk__in=runs.values())
    mine = {run.network_id: run for run in locked.order_by("pk")}
    if any(run.status == RebalanceRun.Status.DONE for run in mine.values()):
        return 0
    placed = [one for one in plan.placements if one.case in found.cases]
    _retire(list(mine), [*plan.moves, *placed], found, at=at)
    made = dict.fromkeys(mine, 0)
    for move in (*plan.moves, *placed):
        asking, helping = _networks(move, found)
        run = mine.get(asking)
        if run is not None and {asking, helping} <= part:
            made[run.network_id] += _stands(run, move, found, names, at=at)
    for run in mine.values():
        run.parameters_id = set_of_network(run.network_id)
        result = certificate(plan, found.day, in_time=in_time)
        finish(run, result, made=made[run.network_id], by=by, at=at)
    return sum(made.values())


def withdraw_aid(*, pool: Pool, by: Actor, at: datetime) -> int:
    """A network takes part no longer: what was open for it, or of its places, is stale.

    A pass that is being recorded is waited for, and what it made is stale too.
    """
    one_at_a_time(pool.network_id)
    theirs = (
        Q(run__network_id=pool.network_id)
        | Q(to_slot__hub__in=pool.hub_ids)
        | Q(to_slot__practice__in=pool.practice_ids)
    )
    ended = _outdate_all(theirs, at=at)
    audit.write(
        "mutual_aid.withdrawn",
        entity="network",
        entity_id=pool.network_id,
        by=by,
        at=at,
        stale=ended,
    )
    return ended


def _outdate_all(theirs: Q, *, at: datetime) -> int:
    is_open = Q(run__kind=RebalanceRun.Kind.AID, state=Proposal.State.OPEN)
    stale = {"state": Proposal.State.STALE, "decided_at": at}
    moves: int = Proposal.objects.filter(theirs & is_open).update(**stale)
    offers: int = PlaceOffer.objects.filter(theirs & is_open).update(**stale)
    return moves + offers


def _networks(move: Placement, found: Residual) -> tuple[int, int]:
    """Whose patient it is, and whose place."""
    slot = found.day.slots[move.slot]
    provider = slot.hub_id or slot.practice_id or 0
    return found.network_of[_practice(move, found)], found.network_of[provider]


def _practice(move: Placement, found: Residual) -> int:
    booking = found.day.bookings.get(move.case)
    mine: int = booking.row.practice_id if booking else found.cases[move.case].practice_id
    return mine


def _retire(
    network_ids: Sequence[int], moves: Sequence[Placement], found: Residual, *, at: datetime
) -> None:
    """What this pass does not propose again is stale."""
    kept = {(move.case, found.day.slots[move.slot].id) for move in moves}
    is_old = {
        "run__network__in": network_ids,
        "run__kind": RebalanceRun.Kind.AID,
        "state": Proposal.State.OPEN,
    }
    proposals = Proposal.objects.select_for_update(of=("self",)).select_related("booking")
    for one in proposals.filter(**is_old).order_by("pk"):
        same = (str(one.booking_id), one.to_slot_id) in kept
        _outdate(one, unless=same and one.booking.version == one.booking_version, at=at)
    offers = PlaceOffer.objects.select_for_update(of=("self",)).select_related("case")
    for offer in offers.filter(**is_old).order_by("pk"):
        same = (offer.case.reference, offer.to_slot_id) in kept
        _outdate(offer, unless=same and offer.case.version == offer.case_version, at=at)


def _outdate(one: Proposal | PlaceOffer, *, unless: bool, at: datetime) -> None:
    if not unless:
        one.state, one.decided_at = Proposal.State.STALE, at
        one.save(update_fields=["state", "decided_at"])


def _stands(
    run: RebalanceRun, move: Placement, found: Residual, names: Mapping[int, str], *, at: datetime
) -> bool:
    """The move is an open proposal, or the place an open offer; False where one stands already."""
    reason = _aid(move, found, names)
    if move.case in found.cases:
        return _offer(run, move, found, reason, at=at) is not None
    return propose(run, move, found.day, first=[reason], at=at) is not None


def _offer(
    run: RebalanceRun, move: Placement, found: Residual, reason: dict[str, object], *, at: datetime
) -> PlaceOffer | None:
    case, slot = found.cases[move.case], found.day.slots[move.slot]
    is_open = PlaceOffer.objects.filter(state=Proposal.State.OPEN)
    if is_open.filter(case=case).exists() or is_open.filter(to_slot=slot.id).exists():
        return None
    why: dict[str, object] = {"code": "own_network_full", "text": NO_OWN_PLACE, "facts": {}}
    return PlaceOffer.objects.create(
        run=run,
        practice_id=case.practice_id,
        case=case,
        case_version=case.version,
        to_slot_id=slot.id,
        reasons=[reason, why, *said(move)],
        made_at=at,
    )


def _aid(move: Placement, found: Residual, names: Mapping[int, str]) -> dict[str, object]:
    """Whose place it is, and how far it is to go; nobody travels to a telephone."""
    slot = found.day.slots[move.slot]
    provider = slot.hub_id or slot.practice_id or 0
    name = names[found.network_of[provider]]
    minutes = found.agreements[_practice(move, found), provider].travel_minutes
    away = "by phone" if Mode(slot.mode).is_remote else f"{minutes} minutes"
    return {
        "code": "mutual_aid",
        "text": f"mutual aid: {name}, {away}",
        "facts": {"network": name, "travel_minutes": minutes},
    }
