"""A run of the rebalancer: begun on a snapshot, its proposals recorded once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from appointments.models import ChangedDay
from appointments.rules.rebalancing import Placement, Plan, sentence
from practices import audit, news
from practices.news import Subject
from practices.rules.london import day_of
from practices.rules.reach import Actor
from triage.models import Proposal, RebalanceRun
from triage.queries.parameters import set_of_network
from triage.queries.snapshot import Pool, Snapshot, snapshot

# A plan by rule of thumb is said to be no more, even where it happens to meet every bound.
OUT_OF_TIME: dict[str, object] = {"proved": False, "fallback": "greedy"}
OVER_LIMIT = "The clinician is over the safe limit"
UNSUPERVISED = "Nobody supervises the clinician now: their list is paused"


def ask_run(
    *,
    network_id: int,
    apply: str,
    key: str,
    kind: str = RebalanceRun.Kind.OWN,
    by: Actor,
    at: datetime,
) -> RebalanceRun:
    """A run of the network's day is asked for; the same key finds the run that is there."""
    run, is_new = RebalanceRun.objects.get_or_create(
        key=key,
        defaults={
            "network_id": network_id,
            "day": day_of(at),
            "apply": apply,
            "kind": kind,
            "asked_at": at,
            "asked_by_id": by.user_id,
        },
    )
    if is_new:
        audit.write("rebalance.asked", entity="run", entity_id=run.pk, by=by, at=at)
        news.changed(Subject.BOARD, network_id)
    return run


def begin_run(*, run_id: int, pool: Pool, by: Actor, at: datetime) -> Snapshot | None:
    """The run is under way on a snapshot of now; None when it is done already."""
    run = RebalanceRun.objects.select_for_update().get(pk=run_id)
    if run.status == RebalanceRun.Status.DONE:
        return None
    run.status = RebalanceRun.Status.RUNNING
    run.parameters_id = set_of_network(run.network_id)
    run.save(update_fields=["status", "parameters"])
    return snapshot(pool, at=at)


def record_plan(
    *,
    run_id: int,
    pool: Pool,
    found: Snapshot,
    plan: Plan,
    in_time: bool = True,
    by: Actor,
    at: datetime,
) -> RebalanceRun:
    """The plan's moves stand as open proposals; done twice, nothing more happens."""
    one_at_a_time(pool.network_id)
    run = RebalanceRun.objects.select_for_update().get(pk=run_id)
    if run.status == RebalanceRun.Status.DONE:
        return run
    _retire_old(pool, plan, found, at=at)
    made = [one for move in plan.moves if (one := propose(run, move, found, at=at))]
    ChangedDay.objects.filter(pk__in=found.changes).delete()
    return finish(run, certificate(plan, found, in_time=in_time), made=len(made), by=by, at=at)


def finish(
    run: RebalanceRun, result: dict[str, object], *, made: int, by: Actor, at: datetime
) -> RebalanceRun:
    """The run is done, with its certificate; one of its kind that died before it has failed."""
    run.status, run.finished_at, run.result = RebalanceRun.Status.DONE, at, result
    run.save(update_fields=["status", "finished_at", "result", "parameters"])
    _give_up_old(run)
    audit.write(
        "rebalance.done",
        entity="run",
        entity_id=run.pk,
        by=by,
        at=at,
        proposals=made,
        proved=result["proved"],
    )
    news.changed(Subject.BOARD, run.network_id)
    return run


def _give_up_old(run: RebalanceRun) -> None:
    """A look of the clockwork's own that died is not "running" for ever: this one replaced it."""
    RebalanceRun.objects.filter(
        network_id=run.network_id,
        kind=run.kind,
        asked_by=None,
        status__in=(RebalanceRun.Status.QUEUED, RebalanceRun.Status.RUNNING),
    ).update(status=RebalanceRun.Status.FAILED)


def one_at_a_time(network_id: int) -> None:
    """Two workers never record plans for one network at once; the second waits, then looks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rebalance'), %s)", [network_id])


def _retire_old(pool: Pool, plan: Plan, found: Snapshot, *, at: datetime) -> None:
    """Open proposals the new plan does not repeat are stale; the others know who has been told.

    What other networks may help with stays, but for those whom the own network can help now.
    """
    kept = {(int(move.case), found.slots[move.slot].id) for move in plan.moves}
    helped = {booking for booking, _ in kept}
    old = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("run")
        .filter(run__network_id=pool.network_id, state=Proposal.State.OPEN)
    )
    for proposal in old.order_by("pk"):
        booking = found.bookings.get(str(proposal.booking_id))
        is_aid = proposal.run.kind == RebalanceRun.Kind.AID
        stays = (
            proposal.booking_id not in helped
            if is_aid
            else (proposal.booking_id, proposal.to_slot_id) in kept
        )
        if not stays or booking is None or booking.row.version != proposal.booking_version:
            proposal.state, proposal.decided_at = Proposal.State.STALE, at
            proposal.save(update_fields=["state", "decided_at"])
        elif proposal.needs_consent != booking.facts.told:
            proposal.needs_consent = booking.facts.told
            proposal.save(update_fields=["needs_consent"])


def propose(
    run: RebalanceRun,
    move: Placement,
    found: Snapshot,
    *,
    first: Sequence[dict[str, object]] = (),
    at: datetime,
) -> Proposal | None:
    """One move as an open proposal, unless the same one is open already; `first` said first."""
    booking, slot = found.bookings[move.case], found.slots[move.slot]
    is_open = Proposal.objects.filter(state=Proposal.State.OPEN)
    if is_open.filter(booking=booking.row).exists() or is_open.filter(to_slot=slot.id).exists():
        return None
    return Proposal.objects.create(
        run=run,
        practice_id=booking.row.practice_id,
        case_ref=booking.row.case_ref,
        booking=booking.row,
        booking_version=booking.row.version,
        to_slot_id=slot.id,
        reasons=[*first, *_reasons(move, found)],
        effects=_effects(move, found),
        needs_consent=booking.facts.told,
        made_at=at,
    )


def _reasons(move: Placement, found: Snapshot) -> list[dict[str, object]]:
    """Codes and numbers, with the sentence they make; the first says why anything moves at all."""
    alone = found.bookings[move.case].row.clinician_id in found.unsupervised
    code, text = ("supervision", UNSUPERVISED) if alone else ("over_limit", OVER_LIMIT)
    first: dict[str, object] = {"code": code, "text": text, "facts": {}}
    return [first, *said(move)]


def said(move: Placement) -> list[dict[str, object]]:
    """The planner's own reasons: codes, numbers and the sentences they make."""
    return [
        {"code": reason.code, "text": sentence(reason), "facts": dict(reason.facts)}
        for reason in move.reasons
    ]


def _effects(move: Placement, found: Snapshot) -> dict[str, object]:
    """Both days before and after this one move, in tenths of a point."""
    booking, slot = found.bookings[move.case], found.slots[move.slot]
    return {
        "giving": _effect(found, booking.row.clinician_id, -booking.row.points),
        "taking": _effect(found, slot.clinician_id, booking.row.points),
        "goal": next(
            (str(r.facts["goal"]) for r in move.reasons if r.code == "decided_by"), "excess"
        ),
    }


def _effect(found: Snapshot, clinician_id: int, change: int) -> dict[str, int]:
    before = found.before.get(clinician_id, 0)
    return {
        "clinician": clinician_id,
        "limit": found.limits[clinician_id].effective.points,
        "before": before,
        "after": before + change,
    }


def certificate(plan: Plan, found: Snapshot, *, in_time: bool = True) -> dict[str, object]:
    """What managers see: each goal's value, its bound and whether it is proved."""
    over = sum(
        max(0, used - found.limits[pk].effective.points) for pk, used in found.before.items()
    )
    return {
        "levels": [
            {
                "name": level.name,
                "value": level.value,
                "bound": level.bound,
                "proved": level.proved,
                "method": level.method,
            }
            for level in plan.levels
        ],
        "proved": plan.is_proved,
        "excess_before": over,
        "moves": len(plan.moves),
        "left_over": len(plan.unplaced),
    } | ({} if in_time else OUT_OF_TIME)
