"""A pharmacy and an urgent treatment centre on the list of places."""

import pytest
from django.test import Client

from hubs.models import Service
from practices import clock
from practices.doors import everywhere
from tests.cases import submitted
from triage.rules.codes import Need


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


def test_a_pharmacy_asks_first_and_says_for_whom_it_is_not(desk, world, acting, now):
    with everywhere(because="the test's set-up", at=now):
        for kind, name in (("pharmacy", "Quay pharmacy"), ("urgent_treatment", "Quay centre")):
            needs = ["sore_throat", "ear_pain"]
            Service.objects.create(hub=world.hub, kind=kind, name=name, takes=needs)
    sore = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    grown_up = submitted(world, acting, "tam", Need.EAR_PAIN, at=now, red_flags_asked=True)

    throat = desk.get(f"/triage/desk/{sore.reference}/options/").content.decode()
    ear = desk.get(f"/triage/desk/{grown_up.reference}/options/").content.decode()

    assert "Ask first, not if: cannot swallow own spit" in throat
    assert "Quay centre sees you today without an appointment." in throat
    assert "Pharmacy: for patients aged 1 to 17" in ear
    assert "Ask first" not in ear
