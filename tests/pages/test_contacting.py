"""The outcome form asks with whom one spoke, in the same press and only where it has to."""

import pytest

from practices.doors import everywhere
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, case, claimed, text_of
from triage.models import Case, ContactAttempt

__all__ = ["at_desk", "case", "claimed", "clock"]


def test_advice_says_in_one_press_with_whom_one_spoke(claimed, at_desk, now):
    client = at_desk("clinician")
    before = text_of(client.get(address(claimed)))
    client.post(address(claimed, "attempt/"), {"once": "1", "channel": "phone", "met": "patient"})
    after = text_of(client.get(address(claimed)))

    assert "Advice given: spoke with the patient by phone</option>" in before
    assert "Leave no voicemail" in before
    assert 'value="advice"' not in before
    assert 'value="advice"' in after
    assert "spoke with the patient by phone" not in after


def test_advice_to_nobody_is_refused_beside_the_outcome(claimed, at_desk):
    answer = at_desk("clinician").post(
        address(claimed, "close/"), {"once": "1"} | CLOSING | {"outcome": "advice"}
    )

    assert answer.status_code == 422
    assert "Nobody has spoken with the patient yet" in text_of(answer)
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
        Case.objects.update(phone="")
    client = at_desk("clinician")

    tried = {"channel": channel, "met": met}
    answer = client.post(address(claimed, "attempt/"), tried | {"once": "1"})
    by_email = client.post(address(claimed, "attempt/"), tried | {"once": "2", "channel": "email"})

    assert answer.status_code == 422
    assert "This case has no phone number to ring or to text" in text_of(answer)
    assert by_email.status_code == 302
    with everywhere(because="the test looks", at=now):
        assert list(ContactAttempt.objects.values_list("channel", flat=True)) == ["email"]
