"""A slip of the hand is taken back within ten seconds, and nothing is wiped out by it."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import Disclosure, Message, OutboxItem
from practices.rules.refusals import Conflict
from tests.cases import SPOKE, submitted
from tests.teams import joined, supervised
from triage import actions
from triage.actions.reading_words import read_words
from triage.actions.supervising import leave_supervision
from triage.models import Case, CaseOutcome, CaseStep, Handover
from triage.queries.to_sign import to_talk_over
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.undoing import UNDO_FOR

SOON = timedelta(seconds=4)
FACTS = ("state", "urgency", "due_at", "urgency_status", "signed_by_id", "bounces", "handed_to_id")


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def does(action, by, case, at, **wish):
    return perform(action, by=by, at=at, reference=case.reference, **wish)


def ends(by, case, at, code=Outcome.PHARMACY):
    wish = actions.OutcomeWish(
        code,
        safety_net="Ring if worse",
        record_viewed="summary",
        note="Spoke to Tâm",
        contact=SPOKE,
    )
    return does(actions.close, by, case, at, wish=wish)


def undoes(by, done, at):
    return does(actions.undo_step, by, done, at, version=done.version)


def seen(model, now, **which):
    with everywhere(because="the test looks", at=now):
        return list(model.objects.filter(**which).order_by("pk"))


STEPS = {
    "claim": lambda by, case, at: does(actions.claim, by, case, at),
    "release": lambda by, case, at: does(actions.release, by, case, at),
    "class": lambda by, case, at: does(
        actions.change_class, by, case, at, urgency=Urgency.P2, reason="breathless"
    ),
    "hand_back": lambda by, case, at: does(actions.hand_back, by, case, at, reason="known to you"),
    "close": ends,
    "attempt": lambda by, case, at: does(
        actions.record_attempt, by, case, at, channel="phone", answered=True
    ),
}


@pytest.mark.parametrize("what", STEPS)
def test_each_step_is_undone_and_both_stand_in_the_history(what, case, clinician, now):
    if what != "claim":
        does(actions.claim, clinician, case, now)
    (before,) = seen(Case, now, pk=case.pk)
    done = STEPS[what](clinician, case, now)

    undoes(clinician, done, now + SOON)

    (after,) = seen(Case, now, pk=case.pk)
    steps = [one.step for one in seen(CaseStep, now, case=case)][-2:]
    assert [getattr(after, fact) for fact in FACTS] == [getattr(before, fact) for fact in FACTS]
    assert after.claimed_by_id == before.claimed_by_id
    # What was said in the press that ended it is undone with it.
    assert ("undo_" + what) in steps


def test_a_case_that_is_mine_again_is_mine_for_a_whole_lease(case, clinician, now):
    does(actions.claim, clinician, case, now)
    late = now + actions.LEASE - SOON
    freed = does(actions.release, clinician, case, late)

    mine = undoes(clinician, freed, late + SOON)

    assert mine.lease_until == late + SOON + actions.LEASE


def test_a_case_taken_up_from_the_practice_goes_back_there(case, clinician, now):
    does(actions.claim, clinician, case, now)
    does(actions.hand_back, clinician, case, now, reason="known to you")
    taken = does(actions.claim, clinician, case, now)

    assert undoes(clinician, taken, now + SOON).state == "handed_back"


@pytest.mark.parametrize(("seconds", "is_undone"), [(10, True), (11, False)])
def test_ten_seconds_by_the_applications_clock(seconds, is_undone, case, clinician, now):
    done = does(actions.claim, clinician, case, now)
    at = now + timedelta(seconds=seconds)

    if is_undone:
        assert undoes(clinician, done, at).state == "waiting"
    else:
        with pytest.raises(Conflict, match="10 seconds to undo this have passed"):
            undoes(clinician, done, at)


def test_nobody_undoes_what_somebody_else_did(case, world, acting, clinician, now):
    done = does(actions.claim, clinician, case, now)

    with pytest.raises(Conflict, match="nothing was undone"):
        undoes(acting(world, "supervisor"), done, now)


def test_what_happened_since_is_not_undone_over(case, world, acting, clinician, now):
    does(actions.claim, clinician, case, now)
    freed = does(actions.release, clinician, case, now)
    does(actions.claim, acting(world, "supervisor"), case, now + SOON)

    with pytest.raises(Conflict, match="Somebody has done something with this case since"):
        undoes(clinician, freed, now + SOON)


def test_keeping_my_own_case_longer_is_no_slip(case, clinician, now):
    does(actions.claim, clinician, case, now)
    again = does(actions.claim, clinician, case, now)

    with pytest.raises(Conflict, match="nothing was undone"):
        undoes(clinician, again, now)


def test_the_text_of_a_closing_waits_until_it_cannot_be_undone(case, clinician, now):
    does(actions.claim, clinician, case, now)
    ends(clinician, case, now)

    (text,) = seen(Message, now, case_ref=case.reference, kind="closed")
    promised = seen(OutboxItem, now, task="practices.tasks.deliver_message")
    assert [one.due_at for one in promised if one.payload["message_id"] == text.pk] == [
        now + UNDO_FOR
    ]


def test_an_undone_closing_tells_nobody_and_leaves_nothing_owed(case, clinician, world, now):
    does(actions.claim, clinician, case, now)
    done = ends(clinician, case, now)

    undoes(clinician, done, now + SOON)
    ends(clinician, case, now + SOON, code=Outcome.DENTAL)

    texts = seen(Message, now, case_ref=case.reference, kind="closed")
    open_to_hub = seen(Disclosure, now, because=case.reference, organisation_id=world.hub.pk)
    owed = [one.withdrawn_at for one in seen(Handover, now, case=case)]
    assert [one.state for one in texts] == ["superseded", "queued"]
    assert owed == [now + SOON, None]
    assert len(open_to_hub) == 2
    assert len(seen(CaseOutcome, now, case=case)) == 2


def test_a_letter_somebody_is_posting_stands(case, clinician, now):
    does(actions.claim, clinician, case, now)
    done = ends(clinician, case, now)
    with everywhere(because="it goes as a letter, which a colleague took", at=now):
        letter = {"channel": "letter", "state": "staff_tell", "to_tell_since": now}
        Message.objects.filter(kind="closed").update(**letter, taken_at=now)

    with pytest.raises(Conflict, match="telling the patient this already"):
        undoes(clinician, done, now + SOON)


def test_what_the_patient_was_sent_already_stands(case, clinician, now):
    does(actions.claim, clinician, case, now)
    done = ends(clinician, case, now)
    with everywhere(because="a carrier was quicker", at=now):
        Message.objects.filter(case_ref=case.reference, kind="closed").update(state="sending")

    with pytest.raises(Conflict, match="has been sent a message"):
        undoes(clinician, done, now + SOON)

    assert seen(Case, now, pk=case.pk)[0].state == "closed"


def test_an_undone_closing_is_not_talked_over(world, acting, now):
    joined(world, "registrar", role="clinician", profession="registrar", stage="st3")
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    by = acting(world, "registrar")
    does(actions.claim, by, case, now)
    done = ends(by, case, now)
    ids = [world.clinicians["registrar"].pk]
    with everywhere(because="the test looks", at=now):
        before = len(to_talk_over(ids, at=now))

    undoes(by, done, now + SOON)

    with everywhere(because="the test looks", at=now):
        assert (before, to_talk_over(ids, at=now)) == (1, ())


def test_who_has_lost_their_supervisor_takes_nothing_back(case, world, acting, clinician, now):
    supervised(world, "clinician")
    does(actions.claim, clinician, case, now)
    freed = does(actions.release, clinician, case, now)
    perform(leave_supervision, by=acting(world, "supervisor"), at=now)

    with pytest.raises(Conflict, match="Your supervisor has left"):
        undoes(clinician, freed, now + SOON)


def test_words_that_were_read_by_mistake_are_read_in_their_old_time(world, acting, clinician, now):
    chest = {"words": "Cough, and some chest pain", "red_flags_asked": True}
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, **chest)
    done = does(read_words, clinician, case, now)

    undone = undoes(clinician, done, now + SOON)

    assert (done.read_due_at, undone.read_due_at) == (None, case.read_due_at)
    assert (undone.state, undone.claimed_by_id) == (case.state, None)


@pytest.mark.parametrize("who", ["duty", "supervisor"])
def test_a_hand_back_accepted_by_mistake_waits_for_a_yes_again(case, world, acting, now, who):
    clinician = acting(world, "clinician")
    does(actions.claim, clinician, case, now)
    does(actions.hand_back, clinician, case, now, reason="known to you")
    done = does(actions.accept_back, acting(world, who), case, now, note="Dr Oak, today")

    undone = undoes(acting(world, who), done, now + SOON)

    assert (undone.state, undone.claimed_by_id, undone.lease_until) == ("handed_back", None, None)
    assert undone.bounces == 1
