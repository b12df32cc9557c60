"""Asking for a network's day to be rebalanced: a run and a promise, for a worker to keep."""

import uuid
from datetime import datetime

from practices.outbox import later
from practices.rules.reach import Actor
from triage.actions import ask_run
from triage.models import RebalanceRun

TASK = "networks.tasks.rebalance"


def ask_rebalance(*, network_id: int, apply: str = "none", by: Actor, at: datetime) -> RebalanceRun:
    """A worker will look at the network's day and propose moves; the run says how it went."""
    run = ask_run(network_id=network_id, apply=apply, key=f"asked-{uuid.uuid4().hex}", by=by, at=at)
    later(TASK, at=at, run_id=run.pk, network_id=network_id)
    return run
