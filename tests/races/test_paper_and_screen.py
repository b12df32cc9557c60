"""A sheet says how a case ended while it is being closed on the screen: it ends once."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.cases import SPOKE, submitted
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, won
from triage import actions
from triage.actions import deciding, paper_entry
from triage.models import Case, CaseOutcome, CaseStep, PaperLine
from triage.rules.closing import Record
from triage.rules.codes import Need, Outcome

pytestmark = pytest.mark.race
MINUTES = {"asked": 30, "claimed": 10, "written": 5}
LOOK = [(paper_entry, "_check_can_end"), (deciding, "check_appointment")]


def _race(world, acting):
    """The clinician presses “Close the case”; in a second window their sheet is typed in."""
    at = {name: world.at - timedelta(minutes=minutes) for name, minutes in MINUTES.items()}
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=at["asked"])
    by = acting(world, "clinician")
    perform(actions.claim, by=by, at=at["claimed"], reference=case.reference)
    wish = actions.OutcomeWish(
        Outcome.ADVICE, contact=SPOKE, safety_net="Ring 111", record_viewed=Record.SUMMARY
    )
    line = paper_entry.Line("K7M3QX", at["written"])
    paper = {"line": line, "written": "Advice given"}

    def end(index):
        action = (paper_entry.enter_outcome, deciding.close)[index]
        more = paper if index == 0 else {}
        return perform(action, by=by, at=world.at, reference=case.reference, wish=wish, **more)

    answers = at_once(2, end)
    with everywhere(because="the test looks", at=world.at):
        ends = CaseOutcome.objects.count()
        closings = CaseStep.objects.filter(step="close").count()
        assert Case.objects.get().state == "closed"
        return answers, (ends, closings), PaperLine.objects.count()


def test_the_case_ends_once_and_the_sheet_is_in_only_if_it_was_first(committed_world, acting, meet):
    meet(2, IN_VAIN, after=LOOK)

    answers, ends, lines = _race(committed_world, acting)

    assert (won(answers), ends) == (1, (1, 1))
    paper_won = isinstance(answers[0], Case)
    assert lines == (1 if paper_won else 0)
    assert codes(answers) == ({"closed"} if paper_won else {"stale"})


def test_control_without_the_lock_the_case_ends_twice(committed_world, acting, meet, monkeypatch):
    def unlocked(reference, *, version=None):
        return Case.objects.select_related("patient", "booking").get(reference=reference)

    for module in (paper_entry, deciding):
        monkeypatch.setattr(module, "lock_case", unlocked)
    meet(2, UNTIL_ALL, after=LOOK)

    answers, ends, lines = _race(committed_world, acting)

    assert (won(answers), ends, lines) == (2, (2, 2), 1)
