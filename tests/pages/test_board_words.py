"""What the board says of its figures."""

import pytest

from networks.presenters.hours import finding, hours_page
from networks.presenters.measures import measures
from networks.presenters.tiles import by_profession
from networks.rules.figures import Access


@pytest.mark.parametrize(
    ("demand", "capacity", "sentence"),
    [
        ({}, {9: 12}, "No requests yet today; 12 places in all"),
        (
            {8: 20, 9: 4},
            {8: 24, 9: 12},
            "Places kept up with requests; the most were 20 requests in the hour from 8am",
        ),
        ({8: 20, 9: 4}, {8: 1, 9: 12}, "20 requests in the hour from 8am, for 1 place"),
        (
            {8: 20, 9: 14},
            {8: 8, 9: 12},
            "More requests than places in 2 hours of the day so far;"
            " the busiest, from 8am, had 20 requests for 8 places",
        ),
        (
            {8: 20, 9: 14},
            {8: 30, 9: 12},
            "More requests than places in the hour from 9am;"
            " the busiest, from 8am, had 20 requests for 30 places",
        ),
    ],
)
def test_the_title_states_the_finding(demand, capacity, sentence):
    """U36."""
    assert finding(demand, capacity, now_hour=9) == sentence


def test_the_picture_shows_core_hours_and_whatever_lies_outside():
    page = hours_page({7: 1}, {19: 4}, now_hour=9)

    assert (page.hours[0], page.hours[-1]) == ("7am", "7pm")
    assert [len(one["values"]) for one in page.series] == [13, 13]


def test_a_measure_nobody_takes_says_so():
    words = [one.words for one in measures(Access(urgent=44, urgent_same_day=31))]

    assert words[0] == words[1] == "Not measured: Headroom does not see the telephones"
    assert words[2:] == ["31 of 44, 70%", "None decided yet", "None decided yet"]


def test_professions_are_counted_in_words():
    assert by_profession({"gp": 2, "nurse": 1}) == "2 GPs, 1 practice nurse"
    assert by_profession({}) == "Nobody"
