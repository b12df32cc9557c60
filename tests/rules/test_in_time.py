"""What is written is read in time, or a person rings too."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.in_time import READ_WITHIN, is_read_in_time
from practices.rules.ways import Way

AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("way", sorted(READ_WITHIN))
def test_what_takes_as_long_as_there_is_is_just_in_time(way):
    exactly = AT + READ_WITHIN[way]

    assert is_read_in_time(way, needed_by=exactly, at=AT)
    assert not is_read_in_time(way, needed_by=exactly - timedelta(seconds=1), at=AT)


@given(way=st.sampled_from(list(Way)))
def test_news_of_no_time_is_always_in_time(way):
    assert is_read_in_time(way, needed_by=None, at=AT)


def test_what_is_said_is_known_at_once():
    assert is_read_in_time(Way.VOICE, needed_by=AT, at=AT)
