"""Nobody answers at a P0 or P1: tried twice, back to back, a clinician decides who goes there.

Domain section 4, failed contact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from practices.rules.code import Code
from practices.rules.refusals import Refused
from triage.rules.attempts import CHANNELS, Delivered, Tried, run_of, trying
from triage.rules.codes import Urgency

BACK_TO_BACK = 2


class SentHelp(Code):
    """Who goes to the patient."""

    WELFARE_CHECK = "welfare_check", "Welfare check asked for"
    VISIT = "visit", "Visit now"
    POLICE = "police", "Police called"
    AMBULANCE = "ambulance", "999 ambulance called"
    KEEP_TRYING = "keep_trying", "Nobody yet: keep trying"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a clinician decided, and when."""

    at: datetime
    code: str


def is_to_decide(
    tried: Sequence[Tried], urgency: Urgency, delivered: Sequence[Delivered] = ()
) -> bool:
    """Whether two tries two ways were in vain, and nobody waits a quarter of an hour.

    The second way may be a message of ours that was delivered, as it is for giving up.
    """
    so_far = trying(tried, urgency, delivered)
    is_enough = so_far.number >= BACK_TO_BACK and so_far.channels >= CHANNELS
    return urgency.rank <= 1 and is_enough


def is_decided(tried: Sequence[Tried], sent: Sequence[Sent]) -> bool:
    """Whether somebody goes, decided since nobody answers. To keep trying sends nobody."""
    run = run_of(tried)
    goes = [one.at for one in sent if one.code != SentHelp.KEEP_TRYING]
    return bool(run) and any(at >= run[0].at for at in goes)


def check_sent(
    tried: Sequence[Tried],
    urgency: Urgency,
    delivered: Sequence[Delivered] = (),
    *,
    words: str,
) -> None:
    """There is something to decide, and it says who was asked, or why nobody is."""
    if not is_to_decide(tried, urgency, delivered):
        raise Refused(
            "Try two ways first, one right after the other, such as two numbers",
            code="attempts",
            field="sent",
        )
    if not any(letter.isalnum() for letter in words):
        raise Refused("Enter whom you asked, or why nobody goes", code="required", field="words")


def check_decided(tried: Sequence[Tried], urgency: Urgency, sent: Sequence[Sent]) -> None:
    """Nobody gives up on a P0 or P1 before it is decided who goes there."""
    if urgency.rank <= 1 and not is_decided(tried, sent):
        raise Refused(
            "Decide first who goes to the patient: a welfare check, a visit or the police",
            code="undecided",
            field="outcome",
        )
