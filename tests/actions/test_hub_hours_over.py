"""A hub's hours end by the clock: what it owns then is somebody's, and nobody overlooks it."""

import pytest

from practices.clock import on
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.emergencies import end_emergency
from triage.actions.hub_day import close_hub
from triage.models import CaseStep
from triage.rules.codes import CallEnd, Need
from triage.tasks import sweep_before_close

__all__ = ["at_desk", "clock"]
OPEN = "Riverside hub: its hours are over, and"


@pytest.fixture
def evening(now):
    return on(now.date(), 19, 30)


@pytest.fixture
def over(now):
    """The hub closes at 8pm."""
    return on(now.date(), 20, 1)


@pytest.mark.parametrize("who", ["receptionist", "clinician"])
def test_an_emergency_nobody_has_keeps_the_hub_open(world, acting, at_desk, evening, who):
    call = perform(
        actions.raise_emergency, by=acting(world, who), at=evening, phone="07700 900123", where=""
    )
    supervisor = acting(world, "supervisor")
    with pytest.raises(Conflict, match="An emergency call is still open"):
        perform(close_hub, by=supervisor, at=evening, code="HUB1")

    page = text_of(at_desk("supervisor", at=evening).get("/triage/hub-day/"))
    mine = {"by": acting(world, "clinician"), "at": evening, "reference": call.reference}
    perform(actions.acknowledge_emergency, **mine)
    perform(end_emergency, ended_as=CallEnd.MISTAKE, case="", **mine)

    assert "Riverside hub: 1 emergency call keeps it open" in page
    assert "Close the hub for today" not in page.partition("keeps it open")[2]
    assert perform(close_hub, by=supervisor, at=evening, code="HUB1") is not None


def test_an_emergency_the_practices_own_clinician_has_is_not_the_hubs(world, acting, evening):
    desk = acting(world, "receptionist")
    call = perform(actions.raise_emergency, by=desk, at=evening, phone="07700 900123", where="")
    mine = {"by": acting(world, "duty"), "at": evening, "reference": call.reference}
    perform(actions.acknowledge_emergency, **mine)

    assert perform(close_hub, by=acting(world, "supervisor"), at=evening, code="HUB1") is not None


@pytest.mark.parametrize(("who", "page"), [("supervisor", "supervising"), ("manager", "hub-day")])
def test_hours_that_end_over_open_cases_are_an_alarm(
    world, acting, at_desk, evening, over, who, page
):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)
    perform(actions.claim, by=acting(world, "clinician"), at=evening, reference=case.reference)

    before = text_of(at_desk(who, at=evening).get(f"/triage/{page}/"))
    after = text_of(at_desk(who, at=over).get(f"/triage/{page}/"))
    others = text_of(at_desk("clinician", at=over).get("/triage/queue/"))

    assert OPEN not in before
    assert f"{OPEN} 1 case keeps it open" in after
    assert OPEN not in others


def test_an_empty_or_a_closed_hub_alarms_nobody(world, acting, at_desk, evening, over):
    empty = text_of(at_desk("supervisor", at=over).get("/triage/supervising/"))
    perform(close_hub, by=acting(world, "supervisor"), at=evening, code="HUB1")
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=over)
    closed = text_of(at_desk("supervisor", at=over).get("/triage/supervising/"))

    assert (OPEN in empty, OPEN in closed) == (False, False)


def test_what_nobody_has_when_the_hours_end_is_the_duty_clinicians(
    world, acting, clock, evening, over
):
    """The lease of whoever had it runs out at home; nobody presses anything."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening)
    perform(actions.claim, by=acting(world, "clinician"), at=evening, reference=case.reference)
    made = []
    for at in (evening, over, over):
        clock(at)
        made.append(sweep_before_close())

    assert made == [0, 1, 0]
    with everywhere(because="the test looks", at=over):
        assert CaseStep.objects.get(case=case, step="call_for_help").code == "hub_shut"
