"""A case that comes between two runs gets its place at the next look, a minute later."""

from datetime import timedelta

import pytest

from networks.actions.automation import AutomationWish, choose_automation
from networks.rules.automation import Automation
from networks.tasks import look
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from triage.models import Case, RebalanceRun
from triage.rules.codes import Need


@pytest.fixture
def looked_at(world, acting, now, monkeypatch):
    """A network that places its queue by itself was looked at while nobody waited."""
    monkeypatch.setattr(clock, "now", lambda: now)
    wish = AutomationWish(Automation.SAFE, "agreed by all practices")
    perform(choose_automation, by=acting(world, "manager"), at=now, wish=wish)
    look(network_id=world.network.pk)
    return world


def test_the_next_look_places_it_without_a_new_run(looked_at, acting, now, monkeypatch):
    with everywhere(because="the test's set-up", at=now):
        runs = RebalanceRun.objects.count()
    case = submitted(looked_at, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(
            urgency=4, due_at=clock.on(now.date(), 18), bookable_now=True, phone="07700 900123"
        )
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))

    look(network_id=looked_at.network.pk)

    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().state == "booked"
        assert RebalanceRun.objects.count() == runs
