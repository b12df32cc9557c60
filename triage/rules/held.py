"""Who has a case now: a claim holds it while its lease lives, and nothing once that is over."""

from __future__ import annotations

from datetime import datetime

from triage.rules.states import State

# Where nobody has it: a queue alone answers for it.
NOBODYS: frozenset[State] = frozenset({State.WAITING, State.HANDED_BACK})


def is_held(state: str, lease_until: datetime | None, *, at: datetime) -> bool:
    """Somebody claimed it and still has it."""
    return state == State.CLAIMED and lease_until is not None and lease_until > at


def stands(state: str, lease_until: datetime | None, *, at: datetime) -> State:
    """Where the case is for whoever reads it: let go, it waits, though nobody wrote that yet."""
    is_let_go = state == State.CLAIMED and not is_held(state, lease_until, at=at)
    return State.WAITING if is_let_go else State(state)
