"""What one press says of a case, a rule, an appointment or a call is taken back by another."""

from datetime import timedelta

import pytest

from appointments.models import ContactEvent
from hubs.models import WalkUp
from practices.doors import everywhere, perform
from practices.rules.refusals import Absent, Conflict
from tests.actions.test_claiming import called_again
from tests.actions.test_supervising import ended, passed, team
from tests.cases import submitted
from tests.invariants import broken
from tests.teams import joined, supervised
from triage import actions
from triage.actions import supervising
from triage.actions.arrivals import answer_walk_up, undo_answer
from triage.actions.undoing import undo_step
from triage.actions.undoing_names import undo_countersign
from triage.rules.codes import Need

__all__ = ["called_again", "passed", "team"]
SOON, LATE = timedelta(seconds=4), timedelta(seconds=11)


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


def test_a_case_looked_at_again_is_in_my_hand_again(called_again, clinician, now):
    kept = perform(actions.keep_booking, by=clinician, at=now, reference=called_again.reference)

    wish = {"reference": kept.reference, "version": kept.version}
    mine = perform(undo_step, by=clinician, at=now + SOON, **wish)

    names = ("state", "claimed_by_id", "booking_id", "bookable_now", "bookable_because", "due_at")
    before = [getattr(called_again, name) for name in names]
    assert [getattr(mine, name) for name in names] == before
    assert broken(at=now + SOON) == []


def test_a_case_is_to_be_talked_over_again_and_its_debrief_counts_no_more(world, acting, team, now):
    joined(world, "learner", role="clinician", profession="registrar", stage="st1")
    supervised(world, "learner")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    ended(world, acting, "learner", case, now)

    def reviewed():
        return perform(supervising.review, by=team, at=now, reference=case.reference)

    def counted():
        with everywhere(because="the test looks", at=now):
            return ContactEvent.objects.counted().count()

    wish = {"reference": case.reference, "version": reviewed().version}
    between = counted()
    perform(undo_step, by=team, at=now + SOON, **wish)

    assert (between, counted()) == (1, 0)
    assert broken(at=now + SOON) == []
    reviewed()
    assert counted() == 1


def test_my_name_is_off_the_rule_again(passed, team, now):
    case, override = passed
    perform(supervising.countersign, by=team, at=now, reference=case.reference)

    def undoes(at):
        perform(undo_countersign, by=team, at=at, reference=case.reference)

    with pytest.raises(Conflict, match="10 seconds to undo this have passed"):
        undoes(now + LATE)
    undoes(now + SOON)

    with everywhere(because="the test looks", at=now):
        override.refresh_from_db()
    assert override.countersigned_by_id is None
    with pytest.raises(Conflict, match="have passed"):
        undoes(now + SOON)
    perform(supervising.countersign, by=team, at=now, reference=case.reference)


def test_nobody_takes_off_anothers_name(world, acting, passed, team, now):
    case, _ = passed
    perform(supervising.countersign, by=team, at=now, reference=case.reference)
    joined(world, "second", role="supervisor", profession="gp")

    with pytest.raises(Conflict, match="have passed"):
        perform(
            undo_countersign,
            by=acting(world, "second"),
            at=now,
            reference=case.reference,
        )


@pytest.fixture
def at_the_desk(world, now):
    with everywhere(because="the test's set-up", at=now):
        return WalkUp.objects.create(
            hub=world.hub,
            practice=world.oak,
            name="Ann",
            phone="07700 900123",
            words="a cough",
            sent_to="practice",
            on=now.date(),
            at=now,
            by=world.users["clinician"],
        )


def test_somebody_still_has_to_be_called(world, acting, at_the_desk, now):
    desk, wish = acting(world, "receptionist"), {"public_id": str(at_the_desk.public_id)}
    perform(answer_walk_up, by=desk, at=now, **wish)

    with pytest.raises(Conflict, match="Somebody else"):
        perform(undo_answer, by=acting(world, "practice_manager"), at=now, **wish)
    with pytest.raises(Absent):
        perform(undo_answer, by=acting(world, "receptionist_elm"), at=now, **wish)
    with pytest.raises(Conflict, match="10 seconds"):
        perform(undo_answer, by=desk, at=now + LATE, **wish)
    row = perform(undo_answer, by=desk, at=now + SOON, **wish)

    assert (row.answered_at, row.answered_by_id) == (None, None)
