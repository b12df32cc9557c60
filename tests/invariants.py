"""What holds at every moment, whatever was raced, killed or delivered twice (safety.md, 4).

`broken(at=...)` is an empty list in a healthy database. A test that changes much, and every made
data set, ends with it. `past_limit` is apart: a limit may be lowered below what is booked.
"""

from datetime import datetime

from networks.queries.promises import PROMISES, broken_promises, days_past_limit, statement
from practices.doors import everywhere

__all__ = ["PROMISES", "broken", "past_limit", "statement"]


def broken(*, at: datetime) -> list[str]:
    """One line for each promise the database does not keep at this instant."""
    with everywhere(because="the test checks the invariants", at=at):
        return broken_promises(at=at)


def past_limit(*, at: datetime) -> list[str]:
    """Days of an enforcing practice over the limit without an override or a logged contact."""
    with everywhere(because="the test checks the limits", at=at):
        return days_past_limit()
