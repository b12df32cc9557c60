"""Handing back, accepting it, and reading words: who undoes each, until when, and what is left."""

from datetime import timedelta

import pytest

from practices import news
from practices.doors import everywhere, perform
from practices.news import Subject
from practices.rules.refusals import Conflict
from tests.cases import submitted
from triage import actions
from triage.actions.reading_words import read_words
from triage.actions.undoing import undo_step
from triage.models import Case
from triage.rules.codes import Need, Urgency

SOON, LATE = timedelta(seconds=4), timedelta(seconds=11)
CHEST = {"words": "Cough, and some chest pain", "red_flags_asked": True}
BACK = (actions.hand_back, "clinician", {"reason": "Known to you"})
SIGNED = [
    (actions.claim, "clinician", {}),
    (actions.change_class, "clinician", {"urgency": Urgency.P3, "reason": "Heard the story"}),
]
# What comes before the step, and the step.
STEPS = {
    "hand_back": (SIGNED, BACK),
    "accept_back": (
        [*SIGNED, BACK],
        (actions.accept_back, "duty", {"note": "Dr Oak, today"}),
    ),
    "read_words": ([], (read_words, "clinician", {})),
}


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.OTHER, at=now, **CHEST)


@pytest.fixture
def does(world, acting, case, now):
    def done(action, who, wish, at=now):
        return perform(action, by=acting(world, who), at=at, reference=case.reference, **wish)

    return done


@pytest.fixture(params=STEPS)
def step(request, does):
    """The step that was a slip, done; by whom, and the case as it was before it."""
    before, (action, who, wish) = STEPS[request.param]
    for one in before:
        does(*one)
    return who, does(action, who, wish)


def test_only_who_did_it_undoes_it(step, does):
    _, done = step

    with pytest.raises(Conflict, match="nothing was undone"):
        does(undo_step, "supervisor", {"version": done.version})


def test_for_ten_seconds(step, does, now):
    who, done = step

    with pytest.raises(Conflict, match="10 seconds to undo this have passed"):
        does(undo_step, who, {"version": done.version}, now + LATE)
    does(undo_step, who, {"version": done.version}, now + SOON)


def test_not_once_something_else_was_done(step, does, now):
    who, done = step
    does(actions.change_class, "supervisor", {"urgency": Urgency.P1, "reason": "Worse"})

    with pytest.raises(Conflict, match="since"):
        does(undo_step, who, {"version": done.version}, now)


def test_a_colleagues_case_whose_words_i_read_stays_with_them(world, does, case, now):
    does(actions.claim, "supervisor", {})
    with everywhere(because="the test looks", at=now):
        Case.objects.update(read_due_at=case.read_due_at)
        before = Case.objects.get()
    done = does(read_words, "clinician", {})

    undone = does(undo_step, "clinician", {"version": done.version}, now + SOON)

    names = ("state", "claimed_by_id", "claimed_at", "lease_until", "read_due_at")
    assert [getattr(undone, one) for one in names] == [getattr(before, one) for one in names]


def test_every_banner_looks_again_for_words_nobody_has_read(committed_world, acting, now):
    by = acting(committed_world, "clinician")
    case = submitted(committed_world, acting, "zoe", Need.OTHER, at=now, **CHEST)
    wish = {"by": by, "at": now, "reference": case.reference}
    done = perform(read_words, **wish)
    before = news.version(Subject.ALARMS, by.reach)

    perform(undo_step, version=done.version, **wish)

    assert news.version(Subject.ALARMS, by.reach) != before
