"""When a case that is given back is returned by the practice, which says why."""

from __future__ import annotations

from practices.rules.roles import Role
from triage.rules.states import Step

# What the hub asked of the practice, and what became of it.
ANSWERS: frozenset[Step] = frozenset(
    {Step.HAND_BACK, Step.ACCEPT_BACK, Step.RETURN_REFUSED, Step.RELEASE}
)


def returns(last: Step, role: str, *, is_ours: bool, is_named: bool) -> bool:
    """Whether giving the case back undoes a yes of the practice.

    `last` of `ANSWERS` that stands, by `role`; whoever has the case is of the practice (`is_ours`),
    or the clinician whom the hub named there.
    """
    if last is Step.ACCEPT_BACK and role == Role.DUTY:
        return is_ours or is_named
    return last is Step.HAND_BACK and is_named
