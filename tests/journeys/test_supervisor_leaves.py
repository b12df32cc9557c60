"""The supervisor leaves at noon: the lists pause at once, and another takes them over."""

from datetime import timedelta

import pytest

from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.invariants import broken
from tests.journeys.steps import Steps
from tests.teams import joined, supervised
from triage import actions
from triage.models import Case
from triage.rules.codes import Need


@pytest.fixture
def now(now):
    """Noon; the hub's sessions run from ten to one."""
    return on(now.date(), 12)


@pytest.fixture
def in_hand(committed_world, acting, now, monkeypatch):
    """The hub's nurse, who is supervised, has a case in hand."""
    monkeypatch.setattr(clock, "now", lambda: now)
    supervised(committed_world, "clinician", "physio")
    joined(committed_world, "second", role="supervisor", profession="gp")
    earlier = now - timedelta(minutes=5)
    case = submitted(committed_world, acting, "tam", Need.COUGH_BREATHING, at=earlier)
    clinician = acting(committed_world, "clinician")
    return perform(actions.claim, by=clinician, at=earlier, reference=case.reference)


def test_the_lists_pause_and_another_takes_them_over(seat, in_hand, now):
    leaving = seat("supervisor")
    steps = Steps("Supervisor leaves at noon")
    with steps.step(leaving, "Says that they leave"):
        leaving.follows("Supervising")
        leaving.unfolds("I am leaving")
        leaving.keeps("supervisor-leaving")
        leaving.follows("I am leaving now")
        leaving.reads("Lists that nobody supervises (2)")

    nurse = seat("clinician")
    nurse.look()
    nurse.reads("Your list is paused")
    nurse.keeps("supervisor-left-queue")

    second = seat("second", scripts=False)
    with steps.step(second, "Another takes a list over"):
        second.follows("Supervising")
        second.reads("Clinician: paused since midday, when Supervisor left")
        second.follows("I supervise them now")
        second.reads("Lists that nobody supervises (1)")
    nurse.page.reload()
    assert nurse.page.get_by_text("Your list is paused").count() == 0
    with steps.step(nurse, "The nurse goes on with the patient"):
        nurse.follows("Next for me", to="**/cases/**")
        nurse.reads("Nguyễn")
    nurse.keeps("supervisor-left-taken-up")
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=in_hand.pk)
    assert (case.state, case.due_at) == ("claimed", in_hand.due_at)
    assert broken(at=now) == []
    leaving.found_no_barrier()
    nurse.found_no_barrier()
