"""A phone number given or corrected at the desk, and what is offered where there is none."""

import pytest
from django.test import Client

from practices import clock
from practices.actions import tell
from practices.doors import everywhere
from practices.models import AuditEntry, Message, Patient
from tests.cases import submitted
from tests.world import SETUP
from triage.models import Case, CaseStep
from triage.rules.codes import Need

NEW, KEPT = "07700 900555", "+447700900555"


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def case(world, acting, now):
    """Zoë asks about her back."""
    return submitted(world, acting, "zoe", Need.BACK_JOINT, at=now)


def _set(now, **facts):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(**facts)


def _gives(desk, case, **said):
    said = {"phone": NEW, "safe_to_text": "on"} | said
    return desk.post(f"/triage/desk/{case.reference}/number/", said)


def _now(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk)


def test_a_corrected_number_is_kept_with_the_old_one_in_the_history(desk, case, now):
    answer = _gives(desk, case, temporary_phone="on", voicemail_allowed="on")

    page = desk.get(answer["Location"]).content.decode()
    kept = _now(case, now)
    assert (kept.phone, kept.temporary_phone, kept.voicemail_allowed) == (KEPT, True, True)
    assert "07700 900555, for now only. A voicemail may be left" in page
    assert "Phone number given or corrected, Receptionist: “It was 07700 900" in page
    assert "Now 07700 900555, for now only”" in page
    with everywhere(because="the test looks", at=now):
        assert AuditEntry.objects.filter(verb="case.number", entity_id=case.reference).count() == 1


def test_the_patient_s_record_keeps_its_own_number(desk, world, case, now):
    _gives(desk, case)

    with everywhere(because="the test looks", at=now):
        on_record = Patient.objects.get(pk=case.patient_id).phone
    assert on_record == world.patients["zoe"].phone != KEPT


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the phone number"),
        ("01632 9", "Enter a phone number, like 01632 960 001"),
        ("7" * 41, "The phone number must be 40 characters or fewer"),
    ],
)
@pytest.mark.parametrize("back", ["", "options"])
def test_a_wrong_number_is_refused_at_the_field_and_kept(desk, case, now, typed, words, back):
    page = _gives(desk, case, phone=typed, back=back).content.decode()

    assert "<title>Error:" in page
    assert f'<a href="#id_phone">{words}' in page
    assert f'value="{typed}"' in page or not typed
    assert _now(case, now).phone != KEPT


def test_a_number_on_a_closed_request_says_to_reopen_it(desk, case, now):
    _set(now, state="closed", closed_at=now)

    page = _gives(desk, case).content.decode()

    assert "This case is closed, so it cannot be given a phone number. Reopen it first." in page


def test_in_confidence_the_new_number_gets_no_text_and_no_voicemail(desk, case, now):
    _set(now, is_confidential=True, safe_to_text=False)

    _gives(desk, case, voicemail_allowed="on")

    kept = _now(case, now)
    assert (kept.phone, kept.safe_to_text, kept.voicemail_allowed) == (KEPT, False, False)


def test_the_same_number_again_is_no_line_of_history(desk, case, now):
    for _ in range(2):
        _gives(desk, case)

    with everywhere(because="the test looks", at=now):
        assert CaseStep.objects.filter(case=case, step="number").count() == 1


@pytest.mark.parametrize(
    ("number", "state", "channel", "send_to"),
    [
        (NEW, "queued", "text", KEPT),
        ("01632 960001", "staff_tell", "voice", "+441632960001"),
    ],
)
def test_a_text_that_has_not_left_goes_to_the_new_number(
    desk, world, case, now, number, state, channel, send_to
):
    with everywhere(because="the test's set-up", at=now):
        Message.objects.all().delete()
        who = {"patient": world.patients["zoe"], "case": case.reference, "phone": "+447700900111"}
        tell("late", **who, due_at=now, by=SETUP, at=now)

    _gives(desk, case, phone=number)

    with everywhere(because="the test looks", at=now):
        message = Message.objects.get()
    assert (message.state, message.channel, message.send_to) == (state, channel, send_to)


@pytest.mark.parametrize(("safe", "channel"), [("on", "text"), (None, "voice")])
def test_what_waited_for_a_number_leaves_as_a_text_or_is_rung(
    desk, world, case, now, safe, channel
):
    _set(now, phone="")
    with everywhere(because="the test's set-up", at=now):
        Message.objects.all().delete()
        who = {"patient": world.patients["zoe"], "case": case.reference, "phone": ""}
        tell("late", **who, due_at=now, by=SETUP, at=now)

    said = {"phone": NEW} | ({"safe_to_text": safe} if safe else {})
    desk.post(f"/triage/desk/{case.reference}/number/", said)

    with everywhere(because="the test looks", at=now):
        message = Message.objects.get()
    assert (message.channel, message.send_to) == (channel, KEPT)
    assert (message.to_tell_since is None) is (channel == "text")


@pytest.mark.parametrize("how", [{"phone": ""}, {"safe_to_call": False}])
def test_no_call_is_promised_where_nobody_can_ring(desk, case, now, how):
    _set(now, urgency=3, **how)

    places = desk.get(f"/triage/desk/{case.reference}/options/").content.decode()
    request = desk.get(f"/triage/desk/{case.reference}/").content.decode()

    assert places.count("A phone number is needed first") == 1
    assert 'name="phone"' in places
    assert 'value="callback"' not in places
    assert 'value="duty"' in places
    assert "call you on" not in places + request
    assert "We cannot ring you: please stay here, or call us again" in request


@pytest.mark.parametrize("how", [{"phone": ""}, {"safe_to_call": False}])
def test_a_call_that_is_chosen_all_the_same_is_refused(desk, case, now, how):
    _set(now, urgency=3, **how)

    sent = {"way": "callback", "once": "k1"}
    page = desk.post(f"/triage/desk/{case.reference}/way/", sent).content.decode()

    assert "Enter a phone number first: nobody can ring this patient" in page


def test_with_the_number_given_at_the_place_the_call_can_be_chosen(desk, case, now):
    _set(now, phone="", urgency=3)

    answer = _gives(desk, case, back="options")
    places = desk.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/triage/desk/{case.reference}/options/"
    assert 'value="callback"' in places
    assert "will call you on 07700 900555" in places
    assert 'name="phone"' not in places


def test_two_desks_correct_one_number_and_the_second_sees_both(desk, case, now):
    """U41."""
    knew = _now(case, now).phone
    _gives(desk, case, phone="07700 900777", knew=knew)

    refused = _gives(desk, case, knew=knew).content.decode()
    stood = _now(case, now).phone
    _gives(desk, case, knew=stood)

    assert "A colleague changed this number to 07700 900777 since you opened the page." in refused
    assert f'value="{NEW}"' in refused
    assert f'name="knew" value="{stood}"' in refused
    assert stood == "+447700900777"
    assert _now(case, now).phone == KEPT
