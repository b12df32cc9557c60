"""Lists of the queue that somebody gave a name."""

from __future__ import annotations

from practices.rules.refusals import Refused

LONGEST_NAME = 40
# More than these nobody finds again.
MOST = 12


def check_may_save(name: str, query: str, *, others: int) -> None:
    """It has a name and a filter in it, and is not one too many; or a refusal says what to do."""
    if not name.strip():
        raise Refused("Enter a name for this list", code="required", field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Use {LONGEST_NAME} characters or fewer", code="required", field="name")
    if not query:
        raise Refused("Choose a filter first, then give it a name", code="required", field="name")
    if others >= MOST:
        raise Refused(f"Remove one of your {MOST} lists first", code="required", field="name")
