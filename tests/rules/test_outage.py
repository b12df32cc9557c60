"""A planned outage is said with its day and times, and only while it matters (U43)."""

from datetime import datetime, timedelta

import pytest

from practices.rules.london import LONDON
from practices.rules.outage import Outage, outage_words, read_outage
from practices.rules.refusals import BadInput

STARTS = datetime(2026, 12, 6, 2, tzinfo=LONDON)
NIGHT = Outage(STARTS, STARTS + timedelta(hours=2))


def test_what_is_set_is_english_time():
    assert read_outage("2026-12-06T02:00/2026-12-06T04:00") == NIGHT
    assert read_outage("2026-12-06T02:00+00:00 / 2026-12-06T04:00Z") == NIGHT
    assert read_outage(" ") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sunday", "a start and an end, like 2026-12-06T02:00/2026-12-06T04:00"),
        ("2026-12-06T02:00", "a start and an end"),
        ("2026-12-06T04:00/2026-12-06T02:00", "must end after it starts"),
        ("2027-03-28T01:30/2027-03-28T04:00", "1:30am does not exist on that day"),
    ],
)
def test_what_cannot_be_one_stops_the_start(text, said):
    with pytest.raises(BadInput, match=said):
        read_outage(text)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(days=14, minutes=1), ""),
        (timedelta(days=14), "Headroom cannot be used on Sunday 6 December from 2am to 4am"),
        (timedelta(0), "Headroom may stop at any moment: it is worked on until 4am"),
        (timedelta(hours=-2), ""),
    ],
)
def test_it_is_said_for_a_fortnight_and_until_it_is_over(ago, said):
    assert outage_words(NIGHT, now=STARTS - ago) == said


def test_one_that_ends_another_day_says_which():
    over = Outage(STARTS, STARTS + timedelta(days=1))

    said = outage_words(over, now=STARTS - timedelta(hours=1))

    assert said == (
        "Headroom cannot be used on Sunday 6 December from 2am to 2am on Monday 7 December"
    )
