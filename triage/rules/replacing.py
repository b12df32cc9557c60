"""May a place that a patient lost be replaced before a clinician has signed the case?

A protocol guards who is first booked before anybody clinical has looked. Whoever had a place with a
clinician of our locality had passed that: their practice chose it. They may go to somebody of at
least the same scope, as long as nothing was said since that a clinician should read first.
"""

from __future__ import annotations

from collections.abc import Sequence

from triage.rules.states import Step

# What gives a case its place, and what may happen to it after without a word from the patient.
PLACED_BY = frozenset({Step.BOOK, Step.KEEP_BOOKING})
SAYS_NOTHING_NEW = frozenset(
    {
        Step.MOVE_BOOKING,
        Step.UNDO_MOVE,
        Step.ATTEMPT,
        Step.CALL_FOR_HELP,
        Step.NUMBER,
        Step.CHAPERONE,
        Step.INTERPRETER,
    }
)


def lost_a_place(steps: Sequence[Step], *, was_planned_ahead: bool) -> bool:
    """Whether the case waits only because its place went away; its steps are oldest first.

    An appointment planned ahead became a case when it was displaced: being submitted is all that
    has happened to it. Any other case stood booked until the place ended.
    """
    if was_planned_ahead:
        return bool(steps) and steps[0] is Step.SUBMIT and SAYS_NOTHING_NEW.issuperset(steps[1:])
    placed_at = [number for number, step in enumerate(steps) if step in PLACED_BY]
    if not placed_at:
        return False
    since = [step for step in steps[placed_at[-1] + 1 :] if step not in SAYS_NOTHING_NEW]
    return since == [Step.UNBOOK]
