"""Rules that were passed over are read by who answers for the house: who, why, until when (U38)."""

from datetime import timedelta

import pytest

from appointments.actions import OverrideWish
from appointments.models import Override
from appointments.queries.rota_changes import ChangeWish
from practices.clock import on
from practices.doors import everywhere, perform
from practices.presenters import time_words
from practices.rules.refusals import Override as Cause
from practices.templatetags.components.form import form_fields
from tests.cases import submitted
from tests.full_day import booked, limited, planned_ahead
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.rota_changes import change_session
from triage.forms.cover import WithdrawForm
from triage.forms.placing import ASKED, WHY_TWICE, ConfirmPlace
from triage.queries.overrides import overrides
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


def test_a_rule_of_a_case_is_the_houses_until_the_appointment_is_over(world, acting, at_desk, now):
    """Zoë said no to the hub, and Oak's duty clinician books her there: the hub answers for it."""
    with everywhere(because="the test's set-up", at=now):
        world.patients["zoe"].declines_hub = True
        world.patients["zoe"].save()
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("clinician")[0]
    wish = {"reference": case.reference, "slot_id": slot.pk, "override": WHY}
    perform(actions.book, by=acting(world, "duty"), at=now, **wish)

    page = text_of(at_desk("supervisor").get(PAGE))
    to_sign = text_of(at_desk("supervisor").get("/triage/supervising/"))

    assert "The patient said no" in page
    assert f"Until </span>{time_words(slot.ends_at)}" in page
    assert "Rule: The patient said no" in to_sign


def test_two_appointments_at_one_time_are_the_houses_of_the_second(world, acting, at_desk, now):
    mine = world.slots("gp_oak")[0]
    with everywhere(because="the test's set-up", at=now):
        here = [one for one in world.slots("clinician") if one.starts_at == mine.starts_at]
    planned_ahead(world, "zoe", mine, Need.FOLLOW_UP)
    both = OverrideWish("patient_choice", "The patient wants both")
    booked(world, acting, "zoe", here[0], overflow_reason="patient_choice", overlap=both)

    supervisor = text_of(at_desk("supervisor").get(PAGE))
    manager = text_of(at_desk("practice_manager").get(PAGE))

    assert "Two places at once" in supervisor
    assert "Patient choice: The patient wants both" in supervisor
    assert f"Until </span>{time_words(here[0].ends_at)}" in supervisor
    assert "No rule was passed over" in manager


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many(world, now, rows, django_assert_num_queries):
    with everywhere(because="the test's set-up", at=now):
        for _ in range(rows):
            Override.objects.create(
                organisation_id=world.hub.pk,
                rule="limit",
                code="training",
                by=world.users["duty"],
                at=now,
                until_at=now,
            )
        with django_assert_num_queries(1):
            assert len(overrides([world.hub.pk], at=now)) == rows


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


def test_u38_whoever_is_asked_why_reads_who_will_see_it():
    asked = form_fields(form=ConfirmPlace(why_not_own=ASKED, twice=True))
    gap = form_fields(form=WithdrawForm())

    for fields, reasons, reader in (
        (asked, ASKED, "Whoever opens the request, at the practice and at the hub, sees this"),
        (asked, WHY_TWICE, "Whoever answers for the place, manager or supervisor, sees this"),
        (gap, Cause.choices(), "whoever answers for the house reads this"),
    ):
        assert reader in fields
        assert [value for value, _ in reasons if f'value="{value}"' not in fields] == []
        assert len(reasons) >= 3
