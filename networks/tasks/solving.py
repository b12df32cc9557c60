"""Where plans are thought out: workers only, because the solver is imported here."""

import logging

from celery.exceptions import SoftTimeLimitExceeded

from appointments.rules.rebalancing import Instance, Plan, greedy_plan, plan
from appointments.tasks.milp import Highs
from practices.rules.reach import clockwork

logger = logging.getLogger(__name__)
REBALANCER = clockwork("rebalancer")


def solved(instance: Instance) -> tuple[Plan, bool]:
    """The plan, and whether the solver ended in time; else a lawful one by rule of thumb."""
    try:
        return plan(instance, Highs()), True
    except SoftTimeLimitExceeded:
        logger.warning("out of time: a plan by rule of thumb is kept")
        return greedy_plan(instance), False
