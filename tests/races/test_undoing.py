"""I undo my release while a colleague claims: one of us has the case, the other is told."""

import pytest

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, won
from triage import actions
from triage.actions import claiming, undoing
from triage.models import Case, CaseStep
from triage.rules.codes import Need

pytestmark = pytest.mark.race
STEPS = [(claiming, "take_step"), (undoing, "take_step")]


@pytest.fixture
def released(committed_world, acting, now):
    case = submitted(committed_world, acting, "tam", Need.COUGH_BREATHING, at=now)
    by = acting(committed_world, "clinician")
    perform(actions.claim, by=by, at=now, reference=case.reference)
    return perform(actions.release, by=by, at=now, reference=case.reference)


def _without_lock(reference, *, version=None):
    return Case.objects.select_related("patient", "booking").get(reference=reference)


def _race(world, acting, case, now):
    mine, theirs = acting(world, "clinician"), acting(world, "supervisor")

    def press(index):
        if index:
            return perform(actions.claim, by=theirs, at=now, reference=case.reference)
        return perform(
            actions.undo_step, by=mine, at=now, reference=case.reference, version=case.version
        )

    return at_once(2, press)


def test_one_has_the_case_and_the_other_is_told(committed_world, acting, released, now, meet):
    meet(2, IN_VAIN, before=STEPS)

    answers = _race(committed_world, acting, released, now)

    with everywhere(because="the test looks", at=now):
        steps = CaseStep.objects.filter(case=released).count()
    assert (won(answers), steps) == (1, 4)


def test_control_without_the_lock_both_have_it(
    committed_world, acting, released, now, meet, monkeypatch
):
    meet(2, UNTIL_ALL, before=STEPS)
    for module in (claiming, undoing):
        monkeypatch.setattr(module, "lock_case", _without_lock)

    assert won(_race(committed_world, acting, released, now)) == 2
