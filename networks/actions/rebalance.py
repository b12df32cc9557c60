"""Asking for a network's day to be rebalanced: a run and a promise, for a worker to keep."""

import uuid
from datetime import date, datetime

from practices.clock import local_day
from practices.models import Organisation
from practices.outbox import later
from practices.queries.organisations import organisation_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Refused
from triage.actions import ask_run
from triage.models import RebalanceRun

TASK = "networks.tasks.rebalance"


def ask_rebalance(*, network_id: int, apply: str = "none", by: Actor, at: datetime) -> RebalanceRun:
    """A worker will look at the network's day and propose moves; the run says how it went."""
    run = ask_run(network_id=network_id, apply=apply, key=f"asked-{uuid.uuid4().hex}", by=by, at=at)
    later(TASK, at=at, run_id=run.pk, network_id=network_id)
    return run


def rebalance_of(*, code: str, day: date, apply: str, by: Actor, at: datetime) -> RebalanceRun:
    """A look at today of the network under the code is asked for."""
    network_id = organisation_id(code, kind=Organisation.Kind.NETWORK, among=by.reach.networks)
    if network_id is None:
        raise Absent
    if day != local_day(at):
        raise Refused("Only today can be rebalanced.", code="not_today", field="day")
    return ask_rebalance(network_id=network_id, apply=apply, by=by, at=at)
