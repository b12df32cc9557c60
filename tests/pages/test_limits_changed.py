"""Two people change one limit: the second reads what the first set, and loses nothing typed."""

import re

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere
from practices.models import WorkingLimit
from tests.pages.markup import text_of
from tests.pages.test_limits import TYPED

PRACTICE, NETWORK = "/practices/limits/practice/", "/networks/limits/"
AGREED = TYPED | {"cause": "agreed", "until_on_day": "", "until_on_month": "", "until_on_year": ""}
MINE = AGREED | {"limit": "30", "reason": "Two more doctors from today", "once": "mine"}
OTHERS = AGREED | {"limit": "12", "reason": "Half of us are ill", "once": "others"}


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def places(world):
    """Each page where a limit is set, and who sets it."""
    person = f"/practices/limits/people/{world.clinicians['gp_oak'].pk}/"
    return {
        "practice": (PRACTICE, "practice_manager"),
        "person": (person, "practice_manager"),
        "network": (NETWORK, "manager"),
    }


def seen_on(client, address):
    page = client.get(address).content.decode()
    return re.search(r'name="seen" value="([^"]*)"', page).group(1)


def points(now):
    with everywhere(because="the test looks", at=now):
        return set(WorkingLimit.objects.filter(until_on=None).values_list("points", flat=True))


@pytest.mark.parametrize("place", ["practice", "person", "network"])
def test_u41_the_second_reads_both_and_sends_again_knowingly(world, places, now, place):
    address, name = places[place]
    client = Client()
    client.force_login(world.users[name])
    seen = seen_on(client, address)
    client.post(address, OTHERS | {"seen": seen})

    refused = client.post(address, MINE | {"seen": seen})
    after_refusal = points(now)
    again = re.search(r'name="seen" value="([^"]*)"', refused.content.decode()).group(1)
    answer = client.post(address, MINE | {"seen": again})

    assert refused.status_code == 409
    said = text_of(refused)
    assert "Somebody changed this limit while you were writing" in said
    assert "12 points" in said
    assert "Half of us are ill" in said
    assert "Two more doctors from today" in said
    assert after_refusal == {120}
    assert answer.status_code == 302
    assert points(now) == {300}


def test_u41_a_limit_that_was_ended_meanwhile_is_told_too(world, places, now):
    address, name = places["practice"]
    client = Client()
    client.force_login(world.users[name])
    client.post(address, OTHERS)
    seen = seen_on(client, address)
    with everywhere(because="the test looks", at=now):
        limit = WorkingLimit.objects.get()
    client.post("/practices/limits/end/", {"limit": limit.pk})

    refused = client.post(address, MINE | {"seen": seen})

    assert refused.status_code == 409
    assert "No limit is set any more" in text_of(refused)


def test_who_saw_what_stands_is_asked_nothing(world, places, now):
    address, name = places["practice"]
    client = Client()
    client.force_login(world.users[name])
    client.post(address, OTHERS)

    answer = client.post(address, MINE | {"seen": seen_on(client, address)})

    assert answer.status_code == 302
    assert points(now) == {300}
