"""What runs by itself: calls for help, and the rebalancer with the practices' answers."""

from datetime import datetime, timedelta
from functools import partial

from appointments.models import Booking
from appointments.rules.rebalancing import Plan
from networks.actions.simulated.agenda import Day
from networks.queries import changed_networks, pool_of
from networks.rules.behaviour import DECLINES_MOVE
from networks.rules.demand import CLOSES
from practices.doors import opened
from practices.rules.london import midnight
from triage.actions import accept, ask_run, begin_run, decline, record_plan
from triage.actions.escalating import call_for_help
from triage.models import Proposal
from triage.queries.escalation import cases_to_call_for
from triage.queries.snapshot import snapshot

CALLS_EVERY, REBALANCES_EVERY = 5.0, 15.0
LAST_CALL = timedelta(hours=20)


def call_for_those_in_need(day: Day, at: datetime) -> None:
    """Each call for help that is due has been made."""
    references = day.read(_due, by=day.clockwork, at=at)
    for reference in references:
        if day.wish(call_for_help, reference=reference, by=day.clockwork, at=at) is not None:
            day.counted["called_for_help"] += 1
    if at < midnight(day.stage.day) + LAST_CALL:
        day.later(at, CALLS_EVERY, partial(call_for_those_in_need, day))


def rebalance(day: Day, at: datetime) -> None:
    """Where the day has changed it is planned anew, and the practices answer the proposals."""
    with opened(day.clockwork.reach, at=at):
        is_changed = day.stage.network_id in changed_networks(on=day.stage.day)
        pool = pool_of(day.stage.network_id, at=at)
        key = snapshot(pool, at=at).key if is_changed else ""
    if is_changed:
        run = day.wish(
            ask_run,
            network_id=pool.network_id,
            apply="none",
            key=key,
            by=day.clockwork,
            at=at,
        )
        assert run is not None, "nothing refuses to look at a day"
        found = day.wish(begin_run, run_id=run.pk, pool=pool, by=day.clockwork, at=at)
        if found is not None:
            plan = day.solve(found.instance)
            _count(day, plan)
            day.wish(
                record_plan,
                run_id=run.pk,
                pool=pool,
                found=found,
                plan=plan,
                by=day.clockwork,
                at=at,
            )
            _answer(day, at)
    if at < midnight(day.stage.day) + timedelta(minutes=CLOSES - 30):
        day.later(at, REBALANCES_EVERY, partial(rebalance, day))


def _due(*, at: datetime) -> tuple[str, ...]:
    return cases_to_call_for(at=at)


def _count(day: Day, plan: Plan) -> None:
    day.counted["runs"] += 1
    day.counted["runs_proved"] += plan.is_proved


def _answer(day: Day, at: datetime) -> None:
    """Each patient is asked by their practice: most say yes and are moved, the others stay."""
    with opened(day.clockwork.reach, at=at):
        open_ = Proposal.objects.filter(
            run__network_id=day.stage.network_id, state=Proposal.State.OPEN
        )
        proposals = list(open_.order_by("pk").values_list("public_id", "practice_id", "booking"))
        live = Booking.objects.filter(pk__in=[row[2] for row in proposals])
        people = dict(live.values_list("pk", "patient_id"))
    for public_id, practice_id, booking_id in proposals:
        by, key = day.managers[practice_id], str(public_id)
        day.counted["proposed"] += 1
        if day.dice() < DECLINES_MOVE:
            words = "The patient would rather keep the appointment."
            done = day.wish(decline, public_id=key, reason=words, by=by, at=at)
            day.counted["moves_declined"] += done is not None
        else:
            done = day.wish(accept, public_id=key, by=by, at=at)
            if done is not None:
                day.counted["moves_accepted"] += 1
                day.moved[people[booking_id]] += 1
