"""A case that arrives while the hub closes: counted by who closes, or told that it is closed."""

import pytest

from hubs.models import HubClosing
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once
from triage.actions import hub_day, shut_hub
from triage.models import Case, CaseStep
from triage.rules.codes import Need

pytestmark = pytest.mark.race
LOOKS = [(hub_day, "blockers_of"), (shut_hub, "reads_from")]


def _close_and_submit(world, acting, evening):
    """What stands after both: was the hub closed, is the case there, was it called for."""
    by = acting(world, "supervisor")
    wishes = (
        lambda: perform(hub_day.close_hub, by=by, at=evening, code="HUB1"),
        lambda: submitted(world, acting, "tam", Need.COUGH_BREATHING, at=evening),
    )
    at_once(2, lambda index: wishes[index]())
    with everywhere(because="the test looks", at=evening):
        return (
            HubClosing.objects.exists(),
            Case.objects.count(),
            CaseStep.objects.filter(code="shut").exists(),
        )


@pytest.fixture
def evening(now):
    return on(now.date(), 19, 30)


def test_nobody_slips_in_while_the_hub_closes(committed_world, acting, evening, meet):
    meet(2, IN_VAIN, after=LOOKS)

    found = _close_and_submit(committed_world, acting, evening)

    assert found in {(True, 1, True), (False, 1, False)}


def test_control_without_the_lock_a_case_is_left_in_a_closed_hub(
    committed_world, acting, evening, meet, monkeypatch
):
    meet(2, UNTIL_ALL, after=LOOKS)
    for module in (hub_day, shut_hub):
        monkeypatch.setattr(module, "lock_day", lambda _hub_id, _lock: None)

    assert _close_and_submit(committed_world, acting, evening) == (True, 1, False)
