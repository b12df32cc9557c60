"""The hub that the demo makes is lawful at every moment of its week."""

from collections import Counter

import pytest

from hubs.rules.supervision import SUPERVISED_BY_ONE
from networks.rules.staffing import hub_posts
from practices.rules.professions import DEFAULTS

POSTS = hub_posts()
MOMENTS = sorted({(shift.weekday, shift.starts) for post in POSTS for shift in post.week})


@pytest.mark.parametrize(("weekday", "time"), MOMENTS)
def test_nobody_supervises_more_people_at_once_than_one_may(weekday, time):
    here = Counter(
        post.supervisor
        for post in POSTS
        for shift in post.week
        if DEFAULTS[post.profession].needs_supervisor
        and shift.weekday == weekday
        and shift.starts <= time < shift.ends
    )

    assert max(here.values(), default=0) <= SUPERVISED_BY_ONE


def test_who_answers_for_somebody_supervises():
    assert all(POSTS[post.supervisor].supervises for post in POSTS)
