"""The front desk's list says whom to ring on what, and whom not to ring."""

import pytest

from practices.doors import everywhere
from practices.models import Patient
from tests.pages.test_arrivals import booked_at_hub, hub_desk, reading
from triage.models import Case

__all__ = ["hub_desk", "reading"]
DESK = "/triage/arrivals/"


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({}, "Phone 07700 900123. Leave no voicemail"),
        ({"temporary_phone": True}, "Phone 07700 900123, for now only. Leave no voicemail"),
        ({"phone": ""}, "No phone number given"),
        ({"safe_to_call": False}, "Not safe to call"),
        ({"heard_phone": "0770 90"}, "number they gave, “0770 90”: ask for it again"),
        ({"is_confidential": True}, "the young person asks alone, tell nobody at home"),
    ],
)
def test_what_may_be_rung_is_said_and_nothing_else(hub_desk, world, acting, now, known, shown):
    case, _ = booked_at_hub(world, acting, "zoe", now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(**known)

    page = hub_desk.get(DESK).content.decode()

    assert shown in page
    assert ("07700 900123" in page) is known.get("safe_to_call", known.get("phone", True) != "")


def test_a_number_given_for_this_request_goes_before_the_records(hub_desk, world, acting, now):
    case, _ = booked_at_hub(world, acting, "zoe", now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(phone="+447700900555")
        Patient.objects.filter(pk=case.patient_id).update(phone="+447700900777")

    page = hub_desk.get(DESK).content.decode()

    assert ("07700 900555" in page, "07700 900777" in page) == (True, False)
