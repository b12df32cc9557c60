"""Times for the rules' tests: London wall times in, hypothesis strategies of instants."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from practices.rules.london import LONDON

MONDAY = date(2026, 11, 30)
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES = 2 * 365 * 24 * 60


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def instants() -> st.SearchStrategy[datetime]:
    """Minutes of 2026 and 2027, in UTC."""
    return st.integers(0, _MINUTES).map(lambda minutes: _FIRST + timedelta(minutes=minutes))
