"""How many people one supervising clinician may answer for at a time."""

from practices.rules.refusals import Conflict

# Present at once (A): one GP cannot supervise a whole hub. The planner counts by the same number.
SUPERVISED_BY_ONE = 4


def check_may_supervise(now: int, more: int = 1) -> None:
    """With these too it is not more than one clinician may answer for."""
    if now + more > SUPERVISED_BY_ONE:
        raise Conflict(
            f"You would supervise {now + more} people at once; {SUPERVISED_BY_ONE} is the most.",
            code="supervision",
        )
