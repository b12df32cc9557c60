"""What somebody still has to do once a case is closed, and who owns it until they accept."""

from __future__ import annotations

from datetime import datetime, timedelta

from triage.rules.closing import HANDED_OVER_NOW, says_something
from triage.rules.codes import Outcome, Urgency

# The patient's own practice takes these on.
TO_PRACTICE: frozenset[Outcome] = frozenset({Outcome.TEST_ORDERED, Outcome.HOME_VISIT})
# Another service takes these on, and whoever heard it from them records it.
TO_SERVICE: frozenset[Outcome] = HANDED_OVER_NOW | {
    Outcome.URGENT_TREATMENT,
    Outcome.DENTAL,
    Outcome.COMMUNITY,
    Outcome.PHARMACY,
}
# Signposting is not a referral: each of these stays owned until the other side accepts.
OWED: frozenset[Outcome] = TO_PRACTICE | TO_SERVICE
# How long the other side may take to accept (A).
AT_ONCE, SOON = timedelta(minutes=30), timedelta(hours=1)
SAME_DAY, LATER = timedelta(hours=4), timedelta(hours=24)


def is_accepted_now(outcome: Outcome, *, taken_by: str) -> bool:
    """Whether somebody of the other service said in the call, by name, that they take over."""
    return outcome in TO_SERVICE and says_something(taken_by)


def answer_due(outcome: Outcome, urgency: Urgency, opened_at: datetime) -> datetime:
    """By when the other side has to have accepted."""
    if urgency is Urgency.P0:
        return opened_at + AT_ONCE
    if outcome in HANDED_OVER_NOW or (urgency is Urgency.P1 and outcome in TO_SERVICE):
        return opened_at + SOON
    return opened_at + (SAME_DAY if outcome is Outcome.URGENT_TREATMENT else LATER)
