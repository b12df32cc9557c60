"""The page after a step offers to take it back, with or without a script (U12)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere
from tests.cases import submitted
from tests.full_day import booked
from tests.posting import Hour
from tests.teams import joined
from triage.models import Case
from triage.rules.codes import Need

MET = [
    ("patient", "the patient answered"),
    ("nobody", "no answer, no voicemail left"),
    ("voicemail", "voicemail left, nothing clinical said"),
    ("other", "somebody else answered"),
]
CLOSING = {
    "outcome": "advice",
    "spoke": "patient:phone",
    "record_viewed": "summary",
    "again": "7",
    "safety_net": "Ring if the rash spreads",
    "note": "Looks viral",
}


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


def undo_of(answer):
    return re.search(
        r'class="app-undo__now" method="post" action="([^"]+)"', answer.content.decode()
    )[1]


def _state(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk).state


def test_the_page_after_a_claim_undoes_it_once(case, client, now):
    address = undo_of(_claimed(client, case))

    said = client.post(address, {"once": address}, follow=True).content.decode()
    again = client.post(address, {"once": address}, follow=True)

    assert "Undone. The case is as it was before" in said
    assert "Undone: claimed" in said
    assert (again.status_code, _state(case, now)) == (200, "waiting")


def test_the_next_case_can_be_put_back_too(case, client, now):
    answer = client.post("/triage/queue/next/", {"once": "1"}, follow=True)

    client.post(undo_of(answer))

    assert _state(case, now) == "waiting"


def test_after_ten_seconds_the_page_says_so(case, client, hour, now):
    address = undo_of(_claimed(client, case))
    hour.at = now + timedelta(seconds=11)

    said = client.post(address, follow=True).content.decode()

    assert "The 10 seconds to undo this have passed." in said
    assert _state(case, now) == "claimed"


def test_undoing_a_closing_keeps_all_that_was_typed(case, client, now):
    _claimed(client, case)
    closed = client.post(f"/triage/cases/{case.reference}/close/", {"once": "2"} | CLOSING)
    answer = client.get(closed.url)

    said = client.post(undo_of(answer), follow=True).content.decode()

    chosen = re.findall(r'<option value="([^"]*)" selected', said)
    assert {"advice", "summary", "7"} <= set(chosen)
    assert "Ring if the rash spreads</textarea>" in said
    assert "Looks viral</textarea>" in said
    assert "Clinical note, undone: it counts no more" in said


def test_a_booked_case_that_was_closed_is_booked_again(world, acting, client, now):
    slot = world.slots("clinician")[-1]
    booked(world, acting, "zoe", slot, overflow_reason="patient_choice")
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
    wish = CLOSING | {"once": "2", "outcome": "pharmacy"}
    closed = client.post(f"/triage/cases/{case.reference}/close/", wish)

    said = client.post(undo_of(client.get(closed.url)), follow=True).content.decode()

    assert "Undone: closed while it was booked" in said
    assert "Looks viral</textarea>" in said
    assert _state(case, now) == "booked"


def test_words_read_by_mistake_are_offered_back(world, acting, client, now):
    chest = {"words": "Cough, and some chest pain", "red_flags_asked": True}
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, **chest)
    answer = client.post(f"/triage/cases/{case.reference}/read/", {"once": "1"}, follow=True)

    said = client.post(undo_of(answer), follow=True).content.decode()

    assert "Undone: words read" in said


@pytest.mark.usefixtures("hour")
def test_a_hand_back_accepted_by_mistake_is_offered_back(world, case, client, now):
    _claimed(client, case)
    back = {"once": "2", "reason": "Known to your nurse"}
    client.post(f"/triage/cases/{case.reference}/hand-back/", back)
    duty = Client()
    duty.force_login(world.users["duty"])
    accept = {"once": "3", "note": "Dr Oak, today"}
    answer = duty.post(f"/triage/cases/{case.reference}/accept-back/", accept, follow=True)

    said = duty.post(undo_of(answer), follow=True).content.decode()

    assert "Undone: hand-back accepted" in said
    assert _state(case, now) == "handed_back"


def test_undoing_a_hand_back_keeps_its_reason(case, client):
    _claimed(client, case)
    wish = {"once": "2", "reason": "Known to your nurse"}
    answer = client.post(f"/triage/cases/{case.reference}/hand-back/", wish, follow=True)

    said = client.post(undo_of(answer), follow=True).content.decode()

    assert "Known to your nurse</textarea>" in said


@pytest.mark.parametrize(("met", "words"), MET)
def test_the_history_says_who_answered_on_which_number(case, client, met, words, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(phone="07700 900123", voicemail_allowed=True)
    _claimed(client, case)

    tried = {"once": "2", "channel": "phone", "met": met}
    answer = client.post(f"/triage/cases/{case.reference}/attempt/", tried, follow=True)

    said = answer.content.decode()
    assert f"Contact attempted: Phone, number ending 123: {words}</strong>" in said
    undone = client.post(undo_of(answer), follow=True).content.decode()
    assert "Undone: contact attempted" in undone
    assert 'class="nhsuk-list app-attempts"' not in undone


def test_half_a_number_is_asked_for_again(case, client):
    _claimed(client, case)

    tried = {"once": "2", "channel": "phone_2", "met": "nobody", "number": "0770"}
    answer = client.post(f"/triage/cases/{case.reference}/attempt/", tried)

    assert answer.status_code == 422
    assert "Enter the whole number you rang, or leave it empty" in answer.content.decode()
    assert 'value="0770"' in answer.content.decode()


@pytest.mark.parametrize(("seconds", "words"), [(0, "for 10 seconds"), (9, "for 1 second.")])
def test_the_page_says_how_long_it_can_be_undone(case, client, hour, now, seconds, words):
    address = f"/triage/cases/{case.reference}/claim/"
    then = client.post(address, {"once": "1", "version": case.version})
    hour.at = now + timedelta(seconds=seconds)

    said = client.get(then.url).content.decode()

    assert f"You can undo this {words}" in said


def test_a_page_that_comes_too_late_offers_what_can_still_be_done(case, client, hour, now):
    address = f"/triage/cases/{case.reference}/claim/"
    then = client.post(address, {"once": "1", "version": case.version})
    hour.at = now + timedelta(seconds=10)

    said = client.get(then.url).content.decode()

    assert "Too late to undo. To give the case back, release it" in said
    assert "You can undo this" not in said


def test_who_may_only_raise_a_class_is_offered_no_undo(world, case, client):
    joined(world, "pharmacist", role="clinician", profession="pharmacist")
    client.force_login(world.users["pharmacist"])

    raised = {"once": "2", "urgency": "P2", "reason": "breathless"}
    answer = client.post(f"/triage/cases/{case.reference}/class/", raised, follow=True)

    assert "The class is recorded" in answer.content.decode()
    assert "app-undo" not in answer.content.decode()
