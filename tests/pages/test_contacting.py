"""The outcome form asks with whom one spoke, in the same press and only where it has to."""

import pytest

from practices.doors import everywhere
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, case, claimed, text_of
from triage.models import Case, ContactAttempt

__all__ = ["at_desk", "case", "claimed", "clock"]


def test_the_press_that_ends_it_says_with_whom_one_spoke(claimed, at_desk, now):
    client = at_desk("clinician")
    before = text_of(client.get(address(claimed)))
    client.post(address(claimed, "attempt/"), {"once": "1", "channel": "phone", "met": "patient"})
    after = text_of(client.get(address(claimed)))

    assert 'name="spoke" type="submit" value="patient:phone"' in before
    assert "and close the case. You spoke with:" in before
    assert "Leave no voicemail" in before
    assert 'name="spoke"' not in after


def test_advice_to_nobody_is_refused_beside_the_outcome(claimed, at_desk):
    answer = at_desk("clinician").post(
        address(claimed, "close/"), {"once": "1"} | CLOSING | {"spoke": "nobody"}
    )

    assert answer.status_code == 422
    assert "No clinician has spoken with the patient yet" in text_of(answer)
    assert "Ring if worse" in text_of(answer)


@pytest.mark.parametrize(("safe", "links"), [(True, 1), (False, 0)])
def test_one_tap_calls_whom_it_is_safe_to_call(claimed, at_desk, now, safe, links):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(safe_to_call=safe, phone="07700 900123")

    said = text_of(at_desk("clinician").get(address(claimed)))

    assert said.count('href="tel:+447700900123"') == links


@pytest.mark.parametrize("channel", ["phone", "text"])
@pytest.mark.parametrize("met", ["nobody", "voicemail"])
def test_nobody_is_rung_in_vain_without_a_number(claimed, at_desk, now, channel, met):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(phone="", voicemail_allowed=True)
    client = at_desk("clinician")

    tried = {"channel": channel, "met": met}
    answer = client.post(address(claimed, "attempt/"), tried | {"once": "1"})
    by_email = client.post(address(claimed, "attempt/"), tried | {"once": "2", "channel": "email"})

    assert answer.status_code == 422
    assert "This case has no phone number to ring or to text" in text_of(answer)
    assert by_email.status_code == 302
    with everywhere(because="the test looks", at=now):
        assert list(ContactAttempt.objects.values_list("channel", flat=True)) == ["email"]


@pytest.mark.parametrize(("allowed", "status"), [(False, 422), (True, 302)])
def test_no_voicemail_is_left_where_none_may_be(claimed, at_desk, now, allowed, status):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(phone="07700 900123", voicemail_allowed=allowed)
    left = {"once": "1", "channel": "phone", "met": "voicemail"}

    answer = at_desk("clinician").post(address(claimed, "attempt/"), left)

    assert answer.status_code == status
    assert ("No voicemail may be left for this patient" in text_of(answer)) is not allowed
