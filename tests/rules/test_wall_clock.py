"""Times in words (U21): twelve hours, and every instant of a night has words of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from practices.presenters import time_words
from practices.rules.london import clock_words

AUTUMN = datetime(2027, 10, 30, 22, tzinfo=UTC)
SPRING = datetime(2027, 3, 27, 22, tzinfo=UTC)


@pytest.mark.parametrize("words", [time_words, clock_words])
@pytest.mark.parametrize("night", [AUTUMN, SPRING])
def test_u21_no_two_instants_of_a_night_have_the_same_words(words, night):
    instants = [night + timedelta(minutes=minute) for minute in range(9 * 60)]

    assert len({words(at) for at in instants}) == len(instants)


@pytest.mark.parametrize("words", [time_words, clock_words])
@pytest.mark.parametrize(
    ("minutes", "said"),
    [(149, "1:29am BST"), (209, "1:29am GMT"), (90, "12:30am"), (240, "2am"), (20 * 60, "6pm")],
)
def test_u21_the_hour_that_comes_twice_says_which_it_is(words, minutes, said):
    assert words(AUTUMN + timedelta(minutes=minutes)) == said
