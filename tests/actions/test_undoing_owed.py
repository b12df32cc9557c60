"""Accepting what a closed case owes is taken back within ten seconds: it is owed as before."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.rules.refusals import Conflict
from tests.cases import SPOKE, submitted
from tests.invariants import broken
from triage import actions
from triage.actions.handing_over import accept_handover
from triage.actions.undoing import undo_step
from triage.models import CaseStep, Handover
from triage.queries.handovers import owed_of
from triage.rules.codes import Need, Outcome

SOON = timedelta(seconds=4)
WHO = {Outcome.TEST_ORDERED: "duty", Outcome.HOME_VISIT: "duty", Outcome.DENTAL: "clinician"}


@pytest.fixture
def does(world, acting, now):
    def done(action, who, case, *, at=now, **wish):
        return perform(action, by=acting(world, who), at=at, reference=case.reference, **wish)

    return done


@pytest.fixture
def ends(does, now):
    def ended(case, outcome):
        does(actions.claim, "clinician", case)
        wish = actions.OutcomeWish(
            outcome,
            safety_net="Ring if worse",
            record_viewed="summary",
            note="They know them",
            contact=SPOKE,
        )
        return does(actions.close, "clinician", case, wish=wish)

    return ended


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now - timedelta(hours=1))


def accepts(does, case, outcome=Outcome.TEST_ORDERED, *, at):
    wish = {"what": outcome.value, "note": "Ann reads it by noon"}
    return does(accept_handover, WHO[outcome], case, at=at, **wish)


def owed(case, by, now):
    with opened(by.reach, at=now):
        return owed_of(case.reference)


def steps(case, now):
    with everywhere(because="the test looks", at=now):
        return list(CaseStep.objects.filter(case=case).order_by("pk").values_list("step", "note"))


WHERE = {
    "closed": (),
    "waiting": ((actions.reopen, {"reason": "Rang again"}),),
    "claimed": ((actions.reopen, {"reason": "Rang again"}), (actions.claim, {})),
    "handed_back": (
        (actions.reopen, {"reason": "Rang again"}),
        (actions.claim, {}),
        (actions.hand_back, {"reason": "Known to you"}),
    ),
}


@pytest.mark.parametrize("outcome", WHO)
@pytest.mark.parametrize("where", WHERE)
def test_it_is_owed_again_by_whom_and_when_it_was(
    world, acting, case, ends, does, now, where, outcome
):
    ends(case, outcome)
    for action, wish in WHERE[where]:
        does(action, "clinician", case, **wish)
    by = acting(world, WHO[outcome])
    before = owed(case, by, now)
    later = now + timedelta(minutes=20)
    accepted = accepts(does, case, outcome, at=later)
    between = owed(case, by, later)

    wish = {"version": accepted.version, "at": later + SOON}
    undone = does(undo_step, WHO[outcome], case, **wish)

    assert (between, owed(case, by, later)) == ((), before)
    assert before[0].owner == "Riverside hub"
    assert (undone.state, accepted.state) == (where, where)
    (_, note), (last, _) = steps(case, now)[-2:]
    assert (last, note is not None) == ("undo_accept_handover", True)
    assert broken(at=later + SOON) == []


def test_what_was_accepted_before_stays_accepted(case, ends, does, now):
    ends(case, Outcome.TEST_ORDERED)
    accepts(does, case, at=now)
    does(actions.reopen, "clinician", case, reason="Rang again")
    ends(case, Outcome.HOME_VISIT)
    accepted = accepts(does, case, Outcome.HOME_VISIT, at=now)

    does(undo_step, "duty", case, version=accepted.version)

    with everywhere(because="the test looks", at=now):
        open_ones = Handover.objects.filter(accepted_at=None).values_list("what", flat=True)
        assert list(open_ones) == ["home_visit"]


def test_what_was_accepted_by_another_practice_member_is_not_mine_to_undo(case, ends, does, now):
    ends(case, Outcome.TEST_ORDERED)
    accepted = accepts(does, case, at=now)

    with pytest.raises(Conflict, match="nothing was undone"):
        does(undo_step, "gp_oak", case, version=accepted.version)


def test_after_ten_seconds_it_stands(case, ends, does, now):
    ends(case, Outcome.TEST_ORDERED)
    accepted = accepts(does, case, at=now)

    with pytest.raises(Conflict, match="have passed. To have it owed again, reopen the case"):
        does(undo_step, "duty", case, version=accepted.version, at=now + timedelta(seconds=11))


def test_once_anything_else_was_done_it_stands(case, ends, does, now):
    ends(case, Outcome.TEST_ORDERED)
    accepted = accepts(does, case, at=now)
    does(actions.reopen, "clinician", case, reason="Rang again")

    with pytest.raises(Conflict, match="Somebody has done something with this case since"):
        does(undo_step, "duty", case, version=accepted.version)


def test_it_is_undone_once(case, ends, does, now):
    ends(case, Outcome.TEST_ORDERED)
    accepted = accepts(does, case, at=now)
    does(undo_step, "duty", case, version=accepted.version)

    with pytest.raises(Conflict, match="since"):
        does(undo_step, "duty", case, version=accepted.version)
    accepts(does, case, at=now + SOON)
