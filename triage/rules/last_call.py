"""Before a door closes: what nobody has by then is decided by a person, never rolled over."""

from __future__ import annotations

from datetime import datetime, timedelta

from hubs.rules.opening import Hours
from practices.rules.code import Code
from practices.rules.london import day_of
from triage.rules.codes import Urgency
from triage.rules.states import Step

# So long before the doors close, nearest last.
MINUTES_BEFORE = (60, 30)
# A queue with a case of these classes and nobody there for so long alarms (domain section 3).
WATCHED = frozenset({Urgency.P1, Urgency.P2, Urgency.P3})
UNWATCHED_AFTER = timedelta(minutes=10)
# On the duty clinician's page from a call on, whatever share of its time is gone.
CALLED_FOR = 50
# They leave a case to the hub that somebody had, or that was another one before.
LEFT_TO_HUB = frozenset(
    {
        Step.RAISE_CLASS,
        Step.RELEASE,
        Step.UNBOOK,
        Step.REOPEN,
        Step.RETURN_REFUSED,
        Step.TO_CLINICIAN,
    }
)


class LastCall(Code):
    """Why the duty clinician is called, whatever share of the time is gone."""

    PRACTICE_60 = "practice_60", "Decide: the practice closes within the hour"
    PRACTICE_30 = "practice_30", "Decide: the practice closes within half an hour"
    HUB_60 = "hub_60", "Decide: the hub closes within the hour"
    HUB_30 = "hub_30", "Decide: the hub closes within half an hour"
    SHUT = "shut", "Came while the hub was closed"
    HUB_SHUT = "hub_shut", "The hub’s hours are over and nobody has it"
    DESK = "desk", "Chosen at the desk"
    CHILD_MISSED = "child_missed", "Was not brought to a planned appointment"


# Somebody sent these to the duty clinician: they are theirs now, whatever time is left.
SENT_TO_DUTY = frozenset({LastCall.DESK, LastCall.CHILD_MISSED})


def is_decided_today(urgency: Urgency) -> bool:
    """Whether a case of this class may not wait for another day."""
    return urgency is not Urgency.P0 and urgency.is_same_day


def asks_anew(step: Step, *, is_raised: bool) -> bool:
    """Whether somebody has to be called for the case after this step while its hub is shut."""
    return step in LEFT_TO_HUB or (step is Step.SIGN_CLASS and is_raised)


def minutes_called(at: datetime, hours: Hours) -> int | None:
    """The sweep that is due now: 60 or 30 minutes before today's last close, else None."""
    close = hours.closes_on(day_of(at))
    if close is None or at >= close:
        return None
    left = close - at
    return min((one for one in MINUTES_BEFORE if left <= timedelta(minutes=one)), default=None)


def has_closed(at: datetime, hours: Hours) -> bool:
    """Whether today's last close has passed: what is left then is the duty clinician's."""
    close = hours.closes_on(day_of(at))
    return close is not None and at >= close


def decide_before(at: datetime, hours: Hours) -> datetime | None:
    """Today's last close, from an hour before it until the day ends; None earlier in the day."""
    close = hours.closes_on(day_of(at))
    if close is None or at < close - timedelta(minutes=MINUTES_BEFORE[0]):
        return None
    return close
