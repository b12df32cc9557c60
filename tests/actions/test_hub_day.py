"""Closing the hub: nobody it owns is left, and who comes meanwhile is told when it is read."""

import pytest

from config.reach import acting_in_browser
from hubs.models import HubClosing
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Membership, Message
from practices.rules.refusals import Absent, Conflict, Forbidden
from tests.api.conftest import as_, frozen
from tests.api.test_cases import asking
from tests.cases import submitted
from tests.leads import HICCUPS, released, second_lead
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.world import LONG_AGO
from triage import actions
from triage.actions.flagging import tick_flag
from triage.actions.hub_day import close_hub, reopen_hub
from triage.models import CaseStep
from triage.rules.codes import Need, Urgency

__all__ = ["as_", "at_desk", "clock", "frozen"]
PAGE = "/triage/hub-day/"


@pytest.fixture
def evening(now):
    return on(now.date(), 19, 30)


@pytest.fixture
def close(world, acting, evening):
    def closed(name="supervisor", code="HUB1"):
        return perform(close_hub, by=acting(world, name), at=evening, code=code)

    return closed


def on_a_hub_shift(world, name):
    """The practice's own GP, acting at the hub this evening."""
    user = world.users[name]
    with everywhere(because="the test's set-up", at=world.at):
        shift = Membership.objects.create(
            user=user, role="clinician", organisation_id=world.hub.pk, from_on=LONG_AGO
        )
    return acting_in_browser(user.pk, shift.pk, world.at).actor


def test_a_hub_with_nobody_left_is_closed_once_and_opened_again(world, acting, close, evening):
    close()

    with pytest.raises(Conflict, match="closed for today already"):
        close("manager")
    perform(reopen_hub, by=acting(world, "manager"), at=evening, code="HUB1")
    close()
    with everywhere(because="the test looks", at=evening):
        assert HubClosing.objects.count() == 2
        assert AuditEntry.objects.filter(verb__in=["hub.shut", "hub.reopened"]).count() == 3


def test_only_who_runs_the_hub_closes_it(close):
    with pytest.raises(Forbidden):
        close("clinician")
    with pytest.raises(Absent):
        close(code="HUB9")


def test_each_case_is_named_with_who_has_it_until_it_is_settled(
    world, acting, close, at_desk, evening
):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)
    clinician = acting(world, "clinician")
    perform(actions.claim, by=clinician, at=evening, reference=case.reference)
    with pytest.raises(Conflict, match="1 case keeps the hub open"):
        close()

    held = text_of(at_desk("supervisor", at=evening).get(PAGE))
    managers = text_of(at_desk("manager", at=evening).get(PAGE))
    back = {"reference": case.reference, "reason": "known to you"}
    perform(actions.hand_back, by=clinician, at=evening, **back)
    owed = text_of(at_desk("supervisor", at=evening).get(PAGE))
    perform(
        actions.accept_back,
        by=acting(world, "duty"),
        at=evening,
        reference=case.reference,
        note="Dr Duty rings at 8pm",
    )

    assert "Riverside hub: 1 case keeps it open" in held
    assert "Clinician. Finish it, or hand it over." in held
    assert "Nguyễn" not in managers
    assert "1 of them is for the hub’s supervisor to see." in managers.replace("&#x27;", "’")
    assert "The practice has not accepted it" in owed
    assert close() is not None


def test_what_a_named_duty_clinician_has_lets_the_hub_close(world, acting, close, evening):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)
    perform(actions.claim, by=acting(world, "duty"), at=evening, reference=case.reference)

    assert close() is not None


def test_what_the_practices_gp_has_for_the_hub_keeps_it_open(world, acting, close, evening):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)
    gp = on_a_hub_shift(world, "duty")
    perform(actions.claim, by=gp, at=evening, reference=case.reference)

    with pytest.raises(Conflict, match="1 case keeps the hub open"):
        close()


def test_who_may_wait_reads_when_the_hub_reads_it(world, acting, close, at_desk, evening):
    close()
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=evening)

    desk = at_desk("receptionist_elm", at=evening).get(f"/triage/desk/{case.reference}/")

    assert "The hub is closed. It reads your request at 8am tomorrow." in text_of(desk)
    with everywhere(because="the test looks", at=evening):
        assert "We read it from 8am on Tuesday 1 December." in Message.objects.get().body
        assert not CaseStep.objects.filter(step="call_for_help").exists()


def test_who_may_not_wait_is_called_for_at_once(world, acting, close, at_desk, evening):
    close()
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)

    desk = text_of(at_desk("receptionist", at=evening).get(f"/triage/desk/{case.reference}/"))
    duty = text_of(at_desk("duty", at=evening).get("/triage/duty/"))

    assert "The hub is closed until 8am tomorrow, and this does not wait until then." in desk
    assert case.reference in duty
    with everywhere(because="the test looks", at=evening):
        assert CaseStep.objects.get(step="call_for_help").code == "shut"
        body = Message.objects.get().body
    assert "We read it from 8am on Tuesday 1 December. Do not wait for that: call 111 now" in body
    assert "You will hear" not in body


@pytest.mark.parametrize("is_claimed", [False, True])
def test_who_asks_again_and_may_not_wait_is_called_for(world, acting, close, evening, is_claimed):
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=evening)
    close()
    if is_claimed:
        clinician = acting(world, "clinician")
        perform(actions.claim, by=clinician, at=evening, reference=case.reference)

    submitted(world, acting, "ellen", Need.FOLLOW_UP, at=evening, raised_to=Urgency.P2)

    with everywhere(because="the test looks", at=evening):
        case.refresh_from_db()
        called = CaseStep.objects.filter(case=case, step="call_for_help", code="shut").count()
    assert (case.urgency, called) == (2, 0 if is_claimed else 1)


def test_a_flag_of_the_networks_own_is_called_for(world, acting, close, evening):
    second_lead(world)
    own = HICCUPS | {"urgency": "P1"}
    change = released(world, acting, own, at=evening)
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=evening)
    close()

    by = acting(world, "receptionist_elm")
    wish = {"reference": case.reference, "code": change.after["code"]}
    perform(tick_flag, by=by, at=evening, **wish)

    with everywhere(because="the test looks", at=evening):
        case.refresh_from_db()
        codes = list(CaseStep.objects.filter(case=case).values_list("code", flat=True))
    assert (case.urgency, codes[-1]) == (1, "shut")


def test_the_api_says_when_a_closed_hub_reads(world, as_, monkeypatch, evening):
    from_8am = "2026-12-01T08:00:00+00:00"
    monkeypatch.setattr("practices.clock.now", lambda: evening.replace(hour=21))

    made = as_("receptionist").post("cases", asking(world)).json()

    assert made["read_from"] == from_8am
