"""Places at other networks as programs see them, and the practice deciding."""

import pytest

from appointments.models import Booking
from networks.tasks import mutual_aid, rebalance_changed
from practices.doors import everywhere
from practices.models import Patient
from tests.api.conftest import problem
from tests.hillside import two_networks
from triage.models import Case


@pytest.fixture
def offer(as_, frozen, world, acting, now):
    """Riverside is full, Hillside is not; the patient who waits is Oak's."""
    two_networks(world, acting)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(patient=world.patients["ellen"]).update(practice=world.oak)
        Patient.objects.filter(pk=world.patients["ellen"].pk).update(practice=world.oak)
    rebalance_changed()
    mutual_aid(region="", bucket=1)
    (found,) = as_("practice_manager").get("offers").json()["results"]
    return found


def test_the_practice_reads_whose_place_it_is_and_names_nobody(offer):
    assert offer["reasons"][0]["text"] == "mutual aid: Hillside network, 14 minutes"
    assert offer["to"]["place"] == "Hillside hub"
    assert set(offer) == {"id", "case", "need", "due_at", "to", "reasons"}


def test_an_offer_is_accepted_once_whatever_is_sent_twice(as_, offer, now):
    manager, address = as_("practice_manager"), f"offers/{offer['id']}/accept"
    once = {"idempotency-key": "one-wish"}

    first, again = manager.post(address, {}, **once), manager.post(address, {}, **once)
    other = problem(manager.post(address, {}))

    assert (first.status_code, again.json()) == (200, first.json())
    assert first.json()["starts_at"] == offer["to"]["starts_at"]
    assert (other["status"], other["code"]) == (409, "stale")
    assert manager.get("offers").json()["results"] == []
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.filter(case_ref=offer["case"], state="booked").count() == 1


def test_an_offer_is_declined_with_a_reason(as_, offer):
    manager, address = as_("practice_manager"), f"offers/{offer['id']}/decline"

    silent = problem(manager.post(address, {}))
    declined = manager.post(address, {"reason": "Too far"})

    assert (silent["status"], silent["errors"][0]["field"]) == (422, "reason")
    assert declined.json() == {"id": offer["id"], "state": "declined"}
    assert manager.get("offers").json()["results"] == []


def test_others_neither_read_nor_decide(as_, offer):
    assert as_("manager").get("offers").status_code == 403
    assert as_("manager").post(f"offers/{offer['id']}/accept", {}).status_code == 403
