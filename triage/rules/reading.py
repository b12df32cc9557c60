"""Words that may mean a red flag: by when a clinician has read them, and when that was missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from practices.rules.code import Code

# Domain section 3: a scan hit means "read within five minutes", not a siren.
READ_WITHIN = timedelta(minutes=5)
# Domain section 4: an emergency is acknowledged in two minutes, or the managers are told.
ACKNOWLEDGED_IN = timedelta(minutes=2)
# The code of a call for help because nobody has.
UNREAD = "unread"


class Asked(Code):
    """What became of asking again, where they did not say yes. None of it lowers anything."""

    NO = "no", "They say no"
    UNREACHED = "unreached", "They could not be asked"


def read_due(before: datetime | None, *, is_hit: bool, at: datetime) -> datetime | None:
    """By when words that were said at `at` are read, beside those that wait already.

    What waits longer binds: nothing that is said later gives it more time.
    """
    fresh = at + READ_WITHIN if is_hit else None
    return min((one for one in (before, fresh) if one is not None), default=None)


def is_unread(read_due_at: datetime | None, *, now: datetime) -> bool:
    """Whether nobody has read the words in time."""
    return read_due_at is not None and read_due_at <= now
