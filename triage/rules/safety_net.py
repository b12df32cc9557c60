"""What a patient is told to watch for: a clinician's words, until when, and where to turn then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from practices.rules.code import Code
from practices.rules.london import day_words
from triage.rules.codes import Urgency


class BetterBy(Code):
    """How many days it may take to be better."""

    TODAY = "0", "Today"
    TOMORROW = "1", "Tomorrow"
    TWO_DAYS = "2", "In 2 days"
    WEEK = "7", "In 1 week"
    TWO_WEEKS = "14", "In 2 weeks"


class Where(Code):
    """Where to turn when it is worse, or no better by then."""

    PRACTICE = "practice", "Practice, or 111 if closed"
    NHS111 = "nhs111", "111"


SAID: dict[Where, str] = {
    Where.PRACTICE: "your practice, or 111 when it is closed",
    Where.NHS111: "111",
}
STARTS = "If it gets worse, or is no better by"
# What stands in the box before a clinician says it in their own words.
STANDARD_SAFETY_NET = "It may take some days. Call us if anything new comes, or if it gets worse."
# The same where it may get worse within hours.
URGENT_SAFETY_NET = (
    "If it gets worse, do not wait: call 999 if it is hard to breathe, the chest hurts, or somebody"
    " is faint, confused or hard to wake. For anything else call us again today."
)
# So long it may take where a clinician chooses nothing else (A).
USUALLY: dict[Urgency, BetterBy] = {
    Urgency.P0: BetterBy.TODAY,
    Urgency.P1: BetterBy.TOMORROW,
    Urgency.P6: BetterBy.WEEK,
}


def usual_words(urgency: Urgency) -> str:
    """What stands in the box at first; in an emergency nothing, because usual words are wrong."""
    if urgency is Urgency.P0:
        return ""
    is_soon = urgency in {Urgency.P1, Urgency.P2}
    return URGENT_SAFETY_NET if is_soon else STANDARD_SAFETY_NET


def usually(urgency: Urgency) -> BetterBy:
    """How long it may take to be better, by class."""
    return USUALLY.get(urgency, BetterBy.TWO_DAYS)


@dataclass(frozen=True, slots=True)
class SafetyNet:
    """When it should be better and where to turn, in fixed words that a text may say."""

    better_by: date
    where: Where

    @property
    def place(self) -> str:
        return SAID[self.where]

    @property
    def sentence(self) -> str:
        return f"{STARTS} {day_words(self.better_by)}, call {self.place}. In an emergency call 999."


def own_words(kept: str) -> str:
    """What the clinician wrote themselves, without the fixed sentence kept beside it."""
    return "\n".join(line for line in kept.split("\n") if not line.startswith(STARTS))


def net_of(by: BetterBy, where: Where, *, today: date) -> SafetyNet:
    """The net as of today."""
    return SafetyNet(today + timedelta(days=int(by.value)), where)
