"""Nobody answers at a P0 or P1: tried twice, back to back, a clinician decides who goes there.

Domain section 4, failed contact.
"""

from __future__ import annotations

from collections.abc import Sequence

from practices.rules.code import Code
from practices.rules.refusals import Refused
from triage.rules.attempts import CHANNELS, Tried, run_of
from triage.rules.codes import Urgency

BACK_TO_BACK = 2


class SentHelp(Code):
    """Who goes to the patient."""

    WELFARE_CHECK = "welfare_check", "Welfare check asked for"
    VISIT = "visit", "Visit now"
    POLICE = "police", "Police called"
    AMBULANCE = "ambulance", "999 ambulance called"
    KEEP_TRYING = "keep_trying", "Nobody yet: keep trying"


def is_to_decide(tried: Sequence[Tried], urgency: Urgency) -> bool:
    """Whether two tries two ways were in vain, and nobody waits a quarter of an hour."""
    run = run_of(tried)
    ways = {attempt.channel for attempt in run}
    return urgency.rank <= 1 and len(run) >= BACK_TO_BACK and len(ways) >= CHANNELS


def check_sent(tried: Sequence[Tried], urgency: Urgency, *, words: str) -> None:
    """There is something to decide, and it says who was asked, or why nobody is."""
    if not is_to_decide(tried, urgency):
        raise Refused(
            "Try two ways first, one right after the other, such as two numbers",
            code="attempts",
            field="sent",
        )
    if not any(letter.isalnum() for letter in words):
        raise Refused("Enter whom you asked, or why nobody goes", code="required", field="words")


def check_decided(urgency: Urgency, *, is_decided: bool) -> None:
    """Nobody gives up on a P0 or P1 before it is decided who goes there."""
    if urgency.rank <= 1 and not is_decided:
        raise Refused(
            "Decide first who goes to the patient: a welfare check, a visit or the police",
            code="undecided",
            field="outcome",
        )
