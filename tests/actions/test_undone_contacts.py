"""What an undone step had put on record counts no more: contacts, notes, what was promised."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import SPOKE
from triage import actions
from triage.models import CaseOutcome, CaseStep, ContactAttempt, SecondLook
from triage.queries.case_page import case_page
from triage.rules.attempts import Met
from triage.rules.codes import Outcome
from triage.rules.second_looks import Again

SOON = timedelta(seconds=4)
LATER = timedelta(seconds=20)


def does(action, by, case, at, **wish):
    return perform(action, by=by, at=at, reference=case.reference, **wish)


def advises(by, case, at, **said):
    said = {"note": "Viral", "safety_net": "Ring if worse", "record_viewed": "summary"} | said
    wish = actions.OutcomeWish(Outcome.ADVICE, **said)
    return does(actions.close, by, case, at, wish=wish)


def undoes(by, done, at):
    return does(actions.undo_step, by, done, at, version=done.version)


def page_of(by, case, at):
    with opened(by.reach, at=at):
        return case_page(case.reference, at=at)


def test_the_contact_said_with_an_undone_closing_never_was(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE)

    mine = undoes(clinician, closed, now + SOON)

    page = page_of(clinician, claimed, now + SOON)
    assert (page.is_met, page.attempts, page.outcomes) == (False, (), ())
    with pytest.raises(Refused, match="No clinician has spoken"):
        advises(clinician, mine, now + LATER)


def test_a_contact_from_before_the_closing_stands(claimed, clinician, now):
    does(actions.record_attempt, clinician, claimed, now, channel="phone", answered=True)
    closed = advises(clinician, claimed, now)

    undoes(clinician, closed, now + SOON)

    assert page_of(clinician, claimed, now + SOON).is_met


def test_nothing_is_wiped_out_and_the_history_says_what_was_undone(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE)

    undoes(clinician, closed, now + SOON)

    history = page_of(clinician, claimed, now + SOON).history
    assert [(one.step, one.is_undone) for one in history[:4]] == [
        ("undo_attempt", False),
        ("undo_close", False),
        ("close", True),
        ("attempt", True),
    ]
    with everywhere(because="the test looks", at=now):
        assert (ContactAttempt.objects.count(), CaseOutcome.objects.count()) == (1, 1)


def test_the_words_of_an_undone_closing_are_marked(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE)
    undoes(clinician, closed, now + SOON)
    advises(clinician, claimed, now + SOON, contact=SPOKE, note="Not viral")

    notes = page_of(clinician, claimed, now + SOON).notes
    assert [(one.text, one.is_undone) for one in notes] == [
        ("since Friday", False),
        ("Viral", True),
        ("Ring if worse", True),
        ("Not viral", False),
        ("Ring if worse", False),
    ]


def test_what_was_said_to_end_it_is_there_to_be_changed(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE, again=Again.TWO_DAYS)

    undoes(clinician, closed, now + SOON)
    does(actions.record_attempt, clinician, claimed, now + LATER, channel="text")

    was = page_of(clinician, claimed, now + LATER).taken_back
    assert (was.code, was.again_days) == ("advice", 2)
    assert (was.note, was.safety_net, was.record_viewed) == ("Viral", "Ring if worse", "summary")
    with everywhere(because="the test looks", at=now):
        assert not SecondLook.objects.filter(settled_at=None).exists()


def test_whoever_takes_the_case_next_starts_anew(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE)
    undoes(clinician, closed, now + SOON)

    does(actions.release, clinician, claimed, now + LATER)

    assert page_of(clinician, claimed, now + LATER).taken_back is None


@pytest.mark.parametrize("state", ["waiting", "claimed"])
def test_an_attempt_that_is_undone_counts_towards_nothing(world, acting, claimed, now, state):
    by = acting(world, "clinician")
    if state == "waiting":
        does(actions.release, by, claimed, now)
    tried = does(actions.record_attempt, by, claimed, now, channel="phone")

    undone = undoes(by, tried, now + SOON)

    assert (undone.state, page_of(by, claimed, now + SOON).attempts) == (state, ())


def test_three_attempts_of_which_one_was_a_slip_give_nobody_up(claimed, clinician, now):
    does(actions.record_attempt, clinician, claimed, now, channel="phone")
    for minutes, channel in ((15, "text"), (30, "phone")):
        at = now + timedelta(minutes=minutes)
        done = does(actions.record_attempt, clinician, claimed, at, channel=channel)
    undoes(clinician, done, at + SOON)
    does(actions.claim, clinician, claimed, at + SOON)

    wish = actions.OutcomeWish(Outcome.NO_CONTACT, safety_net="Ring us")
    with pytest.raises(Refused, match="Try 1 more time"):
        does(actions.close, clinician, claimed, at + SOON, wish=wish)


def test_an_attempt_taken_back_leaves_the_case_for_a_whole_lease(claimed, clinician, now):
    tried = does(actions.record_attempt, clinician, claimed, now, channel="phone")

    undone = undoes(clinician, tried, now + SOON)

    lease = now + SOON + actions.LEASE
    assert (undone.claimed_by_id, undone.lease_until) == (tried.claimed_by_id, lease)


def test_a_step_is_undone_once(claimed, clinician, now):
    tried = does(actions.record_attempt, clinician, claimed, now, channel="phone")
    undone = undoes(clinician, tried, now + SOON)

    with pytest.raises(Conflict, match="nothing was undone"):
        undoes(clinician, undone, now + SOON)
    with everywhere(because="the test looks", at=now):
        assert CaseStep.objects.filter(undoes__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ({"channel": "phone", "met": Met.NOBODY}, "123"),
        ({"channel": "phone_2", "met": Met.VOICEMAIL, "number": "01632 960 456"}, "456"),
        ({"channel": "phone_2", "met": Met.PATIENT}, ""),
        ({"channel": "email", "met": Met.NOBODY}, ""),
    ],
)
def test_how_the_number_ends_that_was_rung_is_kept(claimed, clinician, now, said, end):
    does(actions.record_attempt, clinician, claimed, now, **said)

    (kept,) = page_of(clinician, claimed, now).attempts
    assert (kept.number_end, kept.met) == (end, said["met"])
