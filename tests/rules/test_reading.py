"""By when words that may mean a red flag are read."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.times import MONDAY, london
from triage.rules.reading import READ_WITHIN, is_unread, read_due

AT = london(MONDAY, 9, 30)
EARLIER = st.none() | st.integers(-600, 300).map(lambda left: AT + timedelta(seconds=left))


@given(EARLIER, st.booleans())
def test_nothing_said_later_gives_more_time(before, is_hit):
    due = read_due(before, is_hit=is_hit, at=AT)

    assert due == min(
        (one for one in (before, AT + READ_WITHIN if is_hit else None) if one), default=None
    )
    assert before is None or due <= before


def test_it_is_late_at_the_fifth_minute_and_not_before():
    due = read_due(None, is_hit=True, at=AT)

    assert not is_unread(due, now=AT + timedelta(minutes=5) - timedelta(microseconds=1))
    assert is_unread(due, now=AT + timedelta(minutes=5))
    assert not is_unread(None, now=AT)
