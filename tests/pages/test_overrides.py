"""Rules that were passed over are read by who answers for the house: who, why, until when."""

from datetime import timedelta

import pytest

from appointments.actions import OverrideWish
from appointments.models import Override
from appointments.queries.rota_changes import ChangeWish
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.full_day import booked, limited
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.rota_changes import change_session
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE = "/triage/overrides/"
WHY = OverrideWish("clinical_need", "Needs to be seen today")


@pytest.fixture
def past_limit(world, acting, now):
    """Oak's duty clinician books Zoë with the hub's nurse, who has no room left."""
    first, slot = world.slots("clinician")[:2]
    booked(world, acting, "zoe_namesake", first, overflow_reason="own_full")
    limited(world, "clinician", points=10, because="the test")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": slot.pk, "override": WHY}
    return perform(actions.book, by=acting(world, "duty"), at=now, **wish)


@pytest.mark.parametrize("who", ["manager", "clinical_lead", "supervisor"])
def test_the_hubs_people_and_its_network_read_who_why_and_until_when(past_limit, at_desk, who):
    page = text_of(at_desk(who).get(PAGE))

    for said in ("9:30am, Riverside hub", "Clinical need", "Duty", "Nobody"):
        assert said in page
    assert ("Needs to be seen today" in page) == (who == "supervisor")
    assert "midnight on Tuesday 1 December" in page
    assert "O&#x27;Neil" not in page
    assert past_limit.case_ref not in page


def test_another_house_does_not_read_it(past_limit, at_desk):
    assert "No rule was passed over" in text_of(at_desk("practice_manager").get(PAGE))


@pytest.mark.parametrize("who", ["receptionist", "duty", "clinician"])
def test_nobody_else_opens_it(past_limit, at_desk, who):
    assert at_desk(who).get(PAGE).status_code in {403, 404}


def test_an_override_says_until_when(past_limit, now):
    with everywhere(because="the test looks", at=now):
        assert Override.objects.get().until_at == on(now.date() + timedelta(days=1), 0)


def test_a_gap_in_the_practices_cover_is_its_managers_to_read(world, acting, at_desk, now):
    change = {
        "session_id": world.sessions["gp_oak"].pk,
        "wish": ChangeWish(is_cancelled=True, reason="no room"),
        "override": OverrideWish("service_failure", "Burst pipe"),
    }
    perform(change_session, by=acting(world, "practice_manager"), at=now, **change)

    page = text_of(at_desk("practice_manager").get(PAGE))

    for said in ("A gap in the cover", "Oak Surgery", "Service failure: Burst pipe", "1pm"):
        assert said in page
