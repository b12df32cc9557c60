"""Clinical rules that two people change: one drafts, another releases, everybody sees.

A rule is one entry of a set: a flag of the card, or the line of a need. A change replaces one
entry or adds one; nothing is ever deleted, so an old case can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from practices.rules.code import Code
from practices.rules.refusals import Conflict, Forbidden, Refused

Facts = Mapping[str, object]
LONGEST_REASON = 300


class Kind(Code):
    """Which set of rules."""

    RED_FLAGS = "red_flags", "Red-flag card"
    PHARMACY = "pharmacy", "Pharmacy First"
    PROTOCOLS = "protocols", "Booked at the desk"


class Stage(Code):
    """Where a change stands."""

    OPEN = "open", "Waits for a second person"
    RELEASED = "released", "Released"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"


def check_may_end(stage: Stage, to: Stage, *, is_drafter: bool, ended_by: str = "") -> None:
    """A second person releases or declines; only who drafted it takes it back; each once."""
    if stage is not Stage.OPEN:
        who = f" by {ended_by}" if ended_by else ""
        raise Conflict(f"This change was {stage.label.lower()}{who} already.")
    if to is Stage.WITHDRAWN and not is_drafter:
        raise Forbidden("Only the person who drafted a change takes it back.")
    if to is not Stage.WITHDRAWN and is_drafter:
        raise Forbidden("You drafted this change. Another clinical lead releases or declines it.")


def may_end(stage: Stage, to: Stage, *, is_drafter: bool) -> bool:
    """Whether the button is there."""
    try:
        check_may_end(stage, to, is_drafter=is_drafter)
    except Refused:
        return False
    return True


def with_change(entries: Sequence[Facts], after: Facts) -> list[dict[str, object]]:
    """The set with the entry in its place, or at its end when it is new."""
    found = [dict(after) if one["code"] == after["code"] else dict(one) for one in entries]
    if all(one["code"] != after["code"] for one in entries):
        found.append(dict(after))
    return found


def entry_of(entries: Sequence[Facts], code: str) -> dict[str, object] | None:
    """The entry of the code."""
    return next((dict(one) for one in entries if one["code"] == code), None)
