"""The practice manager reads a place at another network, rings the patient and books it."""

import pytest

from networks.tasks import mutual_aid, rebalance_changed
from practices import clock
from practices.doors import everywhere
from practices.models import Patient
from tests.hillside import two_networks
from tests.journeys.people import barriers, keep_picture, sign_in
from triage.models import Case


@pytest.fixture
def offered(committed_world, acting, now, monkeypatch):
    """Riverside is full and Hillside is not; the patient who waits is Oak's."""
    monkeypatch.setattr(clock, "now", lambda: now)
    two_networks(committed_world, acting)
    ellen = committed_world.patients["ellen"]
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(patient=ellen).update(practice=committed_world.oak)
        Patient.objects.filter(pk=ellen.pk).update(practice=committed_world.oak)
    rebalance_changed()
    mutual_aid(region="", bucket=1)
    return committed_world


def test_a_place_at_another_network_is_booked_with_the_patients_yes(offered, page):
    sign_in(page, offered, "practice_manager")
    page.get_by_role("heading", name="Places at other networks").wait_for()
    keep_picture(page, "mutual-aid-offer")
    assert (
        page.get_by_text("Mutual aid: Hillside network, 14 minutes.").filter(visible=True).count()
        == 2
    )
    assert barriers(page) == []

    page.get_by_role("button", name="The patient said yes: book").focus()
    page.keyboard.press("Enter")

    page.get_by_text("Booked. The patient will get a message.").first.wait_for()
    assert page.get_by_role("heading", name="Places at other networks").count() == 0
