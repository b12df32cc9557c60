"""Saying that a clinician has gone home, and reading what became of each patient."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.doors import everywhere
from practices.models import AuditEntry
from tests.full_day import overfill
from triage.models import GoneHome
from triage.tasks import rehome

PAGE = "triage:gone_home"


@pytest.fixture
def desk(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


def _lists(now):
    with everywhere(because="the test looks", at=now):
        return list(GoneHome.objects.order_by("pk"))


def _said(world, **said):
    return {"clinician": world.clinicians["gp_oak"].pk, "reason": "unwell", "from_at": ""} | said


def test_it_is_said_once_and_the_page_follows_every_patient(desk, world, now):
    once = {"once": "the same form"}
    first = desk.post(reverse(PAGE), _said(world, **once), follow=True)
    desk.post(reverse(PAGE), _said(world, **once))
    (left,) = _lists(now)
    rehome(gone_home_id=left.pk)

    after = desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()

    with everywhere(because="the test looks", at=now):
        lines = AuditEntry.objects.filter(verb="patient.viewed", facts__page="list_ended")
        assert [len(line.facts["patients"]) for line in lines] == [3, 3]
    assert "A place is being looked for: 3" in first.content.decode()
    assert "New appointment: 3" in after
    assert after.count("A message with the new time.") == 3
    assert "Proved: no lawful plan places these patients better." in after


def test_only_who_is_here_today_is_offered(desk, world):
    page = desk.get(reverse(PAGE)).content.decode()

    assert "Gp Oak" in page
    assert "Gp Elm" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"clinician": ""}, "Choose who has gone home"),
        ({"reason": ""}, "Enter why the clinician has left"),
        ({"reason": "..."}, "Enter why the clinician has left"),
        ({"from_at": "lunch"}, "Enter a time like 13:30"),
        ({"from_at": "19:00"}, "This clinician has no sessions left here today."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(desk, world, now, said, words):
    answer = desk.post(reverse(PAGE), _said(world, **said))

    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert _lists(now) == []


def test_a_list_of_another_practice_is_nowhere(desk, world, now):
    desk.post(reverse(PAGE), _said(world))
    (left,) = _lists(now)
    other = Client()
    other.force_login(world.users["receptionist_elm"])

    assert other.get(reverse("triage:list_ended", args=[left.public_id])).status_code == 404
