"""What somebody still has to do once a case is closed, and who owns it until they accept."""

from __future__ import annotations

from datetime import datetime, timedelta

from triage.rules.closing import HANDED_OVER_NOW, says_something
from triage.rules.codes import Outcome

# Signposting is not a referral: each of these stays owned until the other side accepts.
OWED: frozenset[Outcome] = frozenset(
    {
        Outcome.TEST_ORDERED,
        Outcome.HOME_VISIT,
        Outcome.COMMUNITY,
        Outcome.PHARMACY,
        Outcome.HOSPITAL_SAME_DAY,
    }
)
# A handover that nobody has accepted by then is late (A).
ANSWERED_WITHIN = timedelta(hours=24)


def is_owed(outcome: Outcome, *, note: str) -> bool:
    """Whether the case leaves something open; who took over at once, by name, has accepted."""
    if outcome in HANDED_OVER_NOW and says_something(note):
        return False
    return outcome in OWED


def is_late(opened_at: datetime, *, now: datetime) -> bool:
    """Whether somebody should have accepted it by now."""
    return now - opened_at >= ANSWERED_WITHIN
