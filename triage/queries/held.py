"""Why: cases that somebody has now, and those that nobody has; as `triage.rules.held` says."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from triage.models import Case
from triage.rules.held import is_held, stands
from triage.rules.states import State


def held(*, at: datetime) -> Q:
    """Claimed, and the lease lives."""
    return Q(state=State.CLAIMED, lease_until__gt=at)


def let_go(*, at: datetime) -> Q:
    """Claimed, and the lease is over: it holds nothing."""
    return Q(state=State.CLAIMED, lease_until__lte=at)


def waits(*, at: datetime) -> Q:
    """It waits for whoever takes it."""
    return Q(state=State.WAITING) | let_go(at=at)


def standing(states: Collection[State], *, at: datetime) -> Q:
    """Cases that stand in one of these; let go counts as waiting, not as with a clinician."""
    which = Q(state__in=sorted(state.value for state in states))
    if (State.WAITING in states) is (State.CLAIMED in states):
        return which
    return which | let_go(at=at) if State.WAITING in states else which & ~let_go(at=at)


def is_held_now(case: Case, *, at: datetime) -> bool:
    """The same of one case."""
    return is_held(case.state, case.lease_until, at=at)


def stands_now(case: Case, *, at: datetime) -> State:
    """Where one case stands."""
    return stands(case.state, case.lease_until, at=at)
