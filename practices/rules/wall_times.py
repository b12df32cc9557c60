"""A time of day as people type it, and the instant it is on an English clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from practices.rules.code import Code
from practices.rules.london import LONDON, time_words
from practices.rules.refusals import BadInput

NOT_UNDERSTOOD = "Enter a time, like 1:30pm or 13:30"
_TIME = re.compile(r"(\d{1,2})(?:[:.,;]?(\d{2}))?(am|pm)?(bst|gmt)?")
_TWELVE = {"midday": 12, "12midday": 12, "noon": 12, "12noon": 12, "midnight": 0, "12midnight": 0}
# No house is open then at night: whoever writes "1.30" means the afternoon.
_AFTERNOON = range(1, 7)


class Turn(Code):
    """Which of the two, where a wall time happens twice because clocks go back."""

    BEFORE = "before", "Before the clocks go back"
    AFTER = "after", "After the clocks go back"


_TURNS = {"bst": Turn.BEFORE, "gmt": Turn.AFTER}


class WallTime(NamedTuple):
    """A time on the wall; `turn` says which of the two, in the night the clocks go back."""

    wall: time
    turn: Turn | None = None


def read_wall_time(typed: str) -> WallTime:
    """A time as people write it: 1:30pm, 1.30, 13.30, 1330, 9:12 a.m., 5pm, midday.

    Without "am" or a leading zero, 1 to 6 o'clock is in the afternoon.
    """
    plain = unicodedata.normalize("NFKC", typed).casefold()
    said = re.sub(r"([ap])\.?m\.?", r"\1m", re.sub(r"\s|o[’']clock", "", plain))
    if said in _TWELVE:
        return WallTime(time(_TWELVE[said]))
    found = _TIME.fullmatch(said)
    if found is None:
        raise BadInput(NOT_UNDERSTOOD)
    hour, minute = int(found[1]), int(found[2] or 0)
    half = found[3] or ("pm" if len(found[1]) == 1 and hour in _AFTERNOON else "")
    if half:
        hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise BadInput(NOT_UNDERSTOOD)
    return WallTime(time(hour, minute), _TURNS.get(found[4]))


def instant_of(day: date, wall: time, *, turn: Turn | None = None, field: str = "") -> datetime:
    """The instant of a London wall time; one that does not exist, or twice, is refused.

    Where it happens twice, `turn` says which is meant.
    """
    first = datetime.combine(day, wall.replace(fold=0), tzinfo=LONDON)
    second = first.replace(fold=1)
    offset, other = first.utcoffset(), second.utcoffset()
    if offset is None or other is None or offset == other:
        return first.astimezone(UTC)
    words = time_words(wall)
    if other > offset:
        raise BadInput(f"Clocks go forward. {words} does not exist on that day", field=field)
    if turn is None:
        raise BadInput(
            f"Clocks go back. {words} happens twice on that day. Enter {words} BST for before the"
            f" clocks go back, or {words} GMT for after",
            field=field,
        )
    return (first if turn is Turn.BEFORE else second).astimezone(UTC)
