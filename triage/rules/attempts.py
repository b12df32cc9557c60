"""Trying to reach a patient: how often, how far apart, and when trying may end.

Domain section 4, failed contact: at least three attempts, 15 minutes apart, on two channels;
P0 and P1 are tried again at once, and a clinician then decides about a welfare check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.rules.code import Code
from practices.rules.refusals import Refused
from triage.rules.codes import Urgency

ENOUGH = 3
APART = timedelta(minutes=15)
CHANNELS = 2


class TriedBy(Code):
    """How somebody tried. A voicemail says nothing clinical, so it counts as not answered."""

    PHONE = "phone", "Phone"
    OTHER_PHONE = "phone_2", "Another phone number"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    CARER = "carer", "A relative or carer"


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt."""

    at: datetime
    channel: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Trying:
    """How far trying has come since the patient was last reached."""

    number: int
    channels: int
    next_from: datetime | None

    @property
    def is_enough(self) -> bool:
        """Whether a clinician may now end the case as "could not be reached"."""
        return self.number >= ENOUGH and self.channels >= CHANNELS


def trying(tried: Sequence[Tried], urgency: Urgency) -> Trying:
    """The attempts that count: not answered, since the last answer, far enough apart."""
    apart = timedelta(0) if urgency.rank <= 1 else APART
    number, last = 0, None
    channels: set[str] = set()
    for attempt in sorted(tried, key=lambda attempt: attempt.at):
        if attempt.answered:
            number, last, channels = 0, None, set()
            continue
        channels.add(attempt.channel)
        if last is None or attempt.at - last >= apart:
            number, last = number + 1, attempt.at
    next_from = last + apart if last is not None and apart else None
    return Trying(number=number, channels=len(channels), next_from=next_from)


def check_may_give_up(tried: Sequence[Tried], urgency: Urgency) -> None:
    """Trying was enough, or a refusal says what is still to do."""
    so_far = trying(tried, urgency)
    if so_far.is_enough:
        return
    missing = ENOUGH - so_far.number
    if missing > 0:
        gap = "" if urgency.rank <= 1 else ", at least 15 minutes apart"
        words = f"Try {missing} more time{'s' if missing > 1 else ''}{gap}, before closing this"
    else:
        words = "Try another way as well, such as a text or another number, before closing this"
    raise Refused(words, code="attempts", field="outcome")


def may_give_up(tried: Sequence[Tried], urgency: Urgency) -> bool:
    """Whether the case may end as "could not be reached"."""
    return trying(tried, urgency).is_enough
