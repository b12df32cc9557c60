"""The practice's page of places at other networks: read, accepted, declined."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.doors import everywhere
from tests.cases import submitted
from tests.pages.markup import text_of
from tests.pages.test_undoing import undo_of
from triage.models import Case, PlaceOffer, RebalanceRun
from triage.rules.codes import Need

AID = {"code": "mutual_aid", "text": "mutual aid: Hillside network, 14 minutes"}


@pytest.fixture
def offer(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(bookable_now=True, phone="07700 900123")
        return PlaceOffer.objects.create(
            run=RebalanceRun.objects.create(
                network_id=world.network.pk, day=now.date(), key="k", kind="aid", asked_at=now
            ),
            practice=world.oak,
            case=case,
            case_version=case.version,
            to_slot=world.slots("clinician")[6],
            reasons=[AID],
            made_at=now,
        )


@pytest.fixture
def desk(world):
    client = Client()
    client.force_login(world.users["practice_manager"])
    return client


def test_the_place_is_offered_with_whose_it_is_and_booked(desk, offer, now):
    text = text_of(desk.get(reverse("triage:proposals")))
    answer = desk.post(reverse("triage:accept_offer", args=[offer.public_id]))

    assert "Mutual aid: Hillside network, 14 minutes." in text
    assert "Could you come to Riverside hub at 11:30am, to see Clinician?" in text
    assert answer.status_code == 302
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=offer.case_id)
        assert (case.state, case.booking.slot_id) == ("booked", offer.to_slot_id)


def test_nobody_is_rung_for_a_case_that_has_changed(desk, offer, now):
    with everywhere(because="somebody did something else", at=now):
        Case.objects.filter(pk=offer.case_id).update(version=offer.case_version + 1)

    assert "Could you come" not in text_of(desk.get(reverse("triage:proposals")))


@pytest.mark.parametrize(
    ("reason", "state"), [("Too far", "declined"), ("...", "open"), ("Too\0 far", "open")]
)
def test_a_decline_needs_a_reason(desk, offer, now, reason, state):
    address = reverse("triage:decline_offer", args=[offer.public_id])

    desk.post(address, {"reason": reason})

    with everywhere(because="the test looks", at=now):
        assert PlaceOffer.objects.get().state == state


@pytest.mark.parametrize("how", [{"phone": ""}, {"safe_to_call": False}])
def test_no_number_stands_where_none_may_be_rung(desk, world, offer, now, how):
    """The record's may be a parent's, where the patient asked in confidence."""
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=offer.case_id).update(**how)

    text = text_of(desk.get(reverse("triage:proposals")))

    assert "phone none to ring: ask them when they call or come" in text
    assert "07700 900123" not in text


@pytest.mark.parametrize(
    ("name", "wish", "late"),
    [
        ("accept_offer", {}, "To free the place, the desk cancels the appointment"),
        ("decline_offer", {"reason": "Too far"}, "The patient waits on"),
    ],
)
def test_each_answer_is_taken_back_on_the_page(desk, offer, now, name, wish, late):
    said = desk.post(reverse(f"triage:{name}", args=[offer.public_id]), wish, follow=True)
    after = text_of(desk.post(undo_of(said), follow=True))

    assert f"Too late to undo. {late}: go on with the list" in text_of(said)
    assert "Undone. The place is as it was before, and waits for your answer" in after
    assert "Could you come to Riverside hub at 11:30am" in after
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=offer.case_id).state == "waiting"
