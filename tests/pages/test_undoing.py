"""The page after a step offers to take it back, with or without a script."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere
from tests.cases import submitted
from tests.posting import Hour
from triage.models import Case
from triage.rules.codes import Need


@pytest.fixture
def hour(now, monkeypatch):
    """A clock that stands still: ten seconds pass only where the test says so."""
    found = Hour(now)
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


@pytest.fixture
def client(world, hour):
    found = Client()
    found.force_login(world.users["clinician"])
    return found


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def _claimed(client, case):
    return client.post(
        f"/triage/cases/{case.reference}/claim/",
        {"once": "1", "version": case.version},
        follow=True,
    )


def _undo(answer):
    return re.search(r'class="app-undo" method="post" action="([^"]+)"', answer.content.decode())[1]


def _state(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk).state


def test_the_page_after_a_claim_undoes_it_once(case, client, now):
    address = _undo(_claimed(client, case))

    said = client.post(address, {"once": address}, follow=True).content.decode()
    again = client.post(address, {"once": address}, follow=True)

    assert "Undone. The case is as it was before" in said
    assert "Undone: claimed" in said
    assert (again.status_code, _state(case, now)) == (200, "waiting")


def test_the_next_case_can_be_put_back_too(case, client, now):
    answer = client.post("/triage/queue/next/", {"once": "1"}, follow=True)

    client.post(_undo(answer))

    assert _state(case, now) == "waiting"


def test_after_ten_seconds_the_page_says_so(case, client, hour, now):
    address = _undo(_claimed(client, case))
    hour.at = now + timedelta(seconds=11)

    said = client.post(address, follow=True).content.decode()

    assert "The 10 seconds to undo this have passed." in said
    assert _state(case, now) == "claimed"
