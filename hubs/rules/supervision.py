"""How many people one supervising clinician may answer for at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from practices.rules.refusals import Conflict

# Present at once (A): one GP cannot supervise a whole hub. The planner counts by the same number.
SUPERVISED_BY_ONE = 4
UNLED = (
    "Nobody is named as your supervisor here, so no case comes to you yet. Ask a supervisor of the"
    " hub to press “I supervise them now” on their page. If a patient cannot wait, ring the duty"
    " clinician of their practice."
)


def check_may_supervise(now: int, more: int = 1) -> None:
    """With these too it is not more than one clinician may answer for."""
    if now + more > SUPERVISED_BY_ONE:
        raise Conflict(
            f"You would supervise {now + more} people at once; {SUPERVISED_BY_ONE} is the most.",
            code="supervision",
        )


def alone_since(
    works: Collection[tuple[datetime, datetime]],
    supervised: Collection[tuple[datetime, datetime]],
    *,
    before: datetime,
    at: datetime,
) -> datetime | None:
    """Since when these sessions of today go on without a session of who supervises; None: not.

    What ended after `before` has just ended, and what began after it has just begun. Whose
    supervisor comes no more today is alone in later sessions too.
    """
    if not supervised or all(ends <= at for _, ends in works):
        return None
    if any(starts <= at and ends > before for starts, ends in supervised):
        return None
    over = [ends for _, ends in supervised if ends <= before]
    runs = any(starts <= before and ends > at for starts, ends in works)
    if not runs and len(over) < len(supervised):
        return None
    return max(over, default=min(starts for starts, _ in works))
