"""A network's limit stands at every member, below the practice's and the person's own."""

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere
from practices.models import WorkingLimit
from practices.queries import limits_on
from practices.rules.limits import Layer
from tests.pages.markup import text_of
from tests.pages.test_limits import TYPED

LIMITS = "/networks/limits/"
AGREED = TYPED | {"cause": "agreed", "until_on_day": "", "until_on_month": "", "until_on_year": ""}


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def manager(world):
    client = Client()
    client.force_login(world.users["manager"])
    return client


def layers(world, now):
    people = {name: one.pk for name, one in world.clinicians.items()}
    with everywhere(because="the test looks", at=now):
        found = limits_on(people.values(), on=now.date())
    return {
        name: (found[pk].effective.layer, found[pk].effective.points) for name, pk in people.items()
    }


def test_it_stands_at_every_member_and_the_nearer_one_wins(world, now, manager):
    practice = Client()
    practice.force_login(world.users["practice_manager"])
    practice.post("/practices/limits/practice/", AGREED | {"limit": "22"})

    answer = manager.post(LIMITS, AGREED)

    found = layers(world, now)
    assert answer.status_code == 302
    assert found["gp_oak"] == (Layer.PRACTICE, 220)
    assert found["gp_elm"] == found["clinician"] == (Layer.NETWORK, 200)
    assert "Occupational health letter" in text_of(manager.get(LIMITS))
    assert "from: The practice" in text_of(practice.get("/practices/limits/"))


def test_a_practice_reads_the_networks_limit_and_cannot_end_it(world, now, manager):
    manager.post(LIMITS, AGREED)
    elm = Client()
    elm.force_login(world.users["gp_elm"])
    practice = Client()
    practice.force_login(world.users["practice_manager"])
    with everywhere(because="the test looks", at=now):
        row = WorkingLimit.objects.get(organisation_id=world.oak.pk)

    ended = practice.post("/practices/limits/end/", {"limit": row.pk})

    assert "from: The network since 30 November 2026" in text_of(elm.get("/practices/limits/"))
    assert ended.status_code == 404
    assert layers(world, now)["gp_oak"] == (Layer.NETWORK, 200)


def test_it_ends_everywhere(world, now, manager):
    manager.post(LIMITS, AGREED)

    manager.post(f"{LIMITS}end/")

    assert {layer for layer, _ in layers(world, now).values()} == {Layer.SYSTEM}
    assert "The network has set none" in text_of(manager.get(LIMITS))


def test_bad_input_is_told_and_stays(world, manager):
    page = manager.post(LIMITS, AGREED | {"limit": "99"})

    assert "Limit must be a whole number from 1 to 60" in text_of(page)
    assert AGREED["basis"] in page.content.decode()


@pytest.mark.parametrize("name", ["practice_manager", "duty", "supervisor"])
def test_others_do_not_set_it(world, name):
    client = Client()
    client.force_login(world.users[name])

    assert client.post(LIMITS, AGREED).status_code == 403
