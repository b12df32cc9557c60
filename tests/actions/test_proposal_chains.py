"""Proposals that hang together: all leave, then all arrive; who cannot drops only who waited."""

from datetime import timedelta

import pytest

from appointments.models import Move
from practices.doors import everywhere, perform
from practices.models import WorkingLimit
from practices.rules.refusals import Absent, Conflict
from tests.cases import submitted
from tests.crowded import booking_of, chain, crowd, proposed, ring
from tests.invariants import broken, past_limit
from triage import actions
from triage.models import Case, Proposal
from triage.rules.codes import Need


@pytest.fixture
def crowded(world, acting):
    return crowd(world, acting)


def _where(world, *people):
    return [booking_of(world, who).slot_id for who in people]


def _accept(world, acting, made, *people):
    ids = [made[who] for who in people or made]
    manager = acting(world, "practice_manager")
    return perform(actions.accept_all, by=manager, at=world.at, public_ids=ids)


def test_one_takes_the_place_another_leaves(crowded, acting, now):
    wanted = chain(crowded)
    made, _ = proposed(crowded, **wanted)

    decided = _accept(crowded, acting, made)

    assert decided.left == ()
    assert _where(crowded, *wanted) == [slot.pk for slot in wanted.values()]
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_a_ring_of_patients_changes_places(crowded, acting, now):
    wanted = ring(crowded)
    made, _ = proposed(crowded, **wanted)

    decided = _accept(crowded, acting, made)

    assert decided.left == ()
    assert _where(crowded, *wanted) == [slot.pk for slot in wanted.values()]
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_who_cannot_leave_drops_only_who_wanted_that_place(crowded, acting, now):
    wanted = chain(crowded)
    made, _ = proposed(crowded, **wanted)
    before = _where(crowded, "zoe", "ann")
    other = submitted(crowded, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk = acting(crowded, "receptionist")
    perform(
        actions.book,
        by=desk,
        at=now,
        reference=other.reference,
        slot_id=wanted["zoe"].pk,
        overflow_reason="own_full",
    )

    decided = _accept(crowded, acting, made)

    assert [one.case_ref for one in decided.done] == [booking_of(crowded, "tam").case_ref]
    assert _where(crowded, "zoe", "ann") == before
    assert _where(crowded, "tam") == [wanted["tam"].pk]
    with everywhere(because="the test looks", at=now):
        assert Proposal.objects.filter(state="stale").count() == 2
        assert set(Case.objects.values_list("state", flat=True)) == {"booked"}
    assert broken(at=now) == []


def test_a_place_that_is_not_left_yet_is_refused_alone(crowded, acting, now):
    made, _ = proposed(crowded, **chain(crowded))

    with pytest.raises(Conflict, match="No place is left"):
        perform(
            actions.accept,
            by=acting(crowded, "practice_manager"),
            at=now,
            public_id=made["ann"],
        )


@pytest.mark.parametrize("shape", [chain, ring])
def test_a_whole_run_is_undone_together(crowded, acting, now, shape):
    wanted = shape(crowded)
    before = _where(crowded, *wanted)
    made, run = proposed(crowded, **wanted)
    _accept(crowded, acting, made)
    manager = acting(crowded, "practice_manager")

    decided = perform(
        actions.undo_run, by=manager, at=now + timedelta(minutes=14), run_id=run.public_id
    )

    assert (len(decided.done), decided.left) == (len(wanted), ())
    assert _where(crowded, *wanted) == before
    assert broken(at=now) == []


def test_a_run_is_undone_for_fifteen_minutes_and_by_its_practice_only(crowded, acting, now):
    made, run = proposed(crowded, **chain(crowded))
    _accept(crowded, acting, made)
    late = {"by": acting(crowded, "practice_manager"), "at": now + timedelta(minutes=16)}
    others = {"by": acting(crowded, "receptionist"), "at": now}

    for who, refusal in ((late, Conflict), (others, Absent)):
        with pytest.raises(refusal):
            perform(actions.undo_run, run_id=run.public_id, **who)
    with everywhere(because="the test looks", at=now):
        assert not Move.objects.filter(because="undone").exists()


def test_in_a_run_undone_who_cannot_go_back_stays(crowded, acting, now):
    wanted = chain(crowded)
    before = _where(crowded, "tam")
    made, run = proposed(crowded, **wanted)
    _accept(crowded, acting, made)
    other = submitted(crowded, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)
    taken = {"reference": other.reference, "slot_id": before[0]}
    with everywhere(because="the test makes room", at=now):
        oak = crowded.clinicians["gp_oak"]
        WorkingLimit.objects.filter(clinician=oak).update(points=60)
    perform(actions.book, by=acting(crowded, "receptionist"), at=now, **taken)

    manager = acting(crowded, "practice_manager")
    decided = perform(actions.undo_run, by=manager, at=now, run_id=run.public_id)

    assert [one.case_ref for one, _ in decided.left] == [booking_of(crowded, "tam").case_ref]
    assert len(decided.done) == 2
    assert broken(at=now) == []


def test_a_decline_undone_lets_the_move_be_proposed_again(crowded, acting, now):
    made, _ = proposed(crowded, **chain(crowded))
    manager = acting(crowded, "practice_manager")
    declined = {"public_id": made["tam"], "reason": "wrong line"}
    perform(actions.decline, by=manager, at=now, **declined)

    soon = now + timedelta(minutes=15)
    again = perform(actions.undo_decline, by=manager, at=soon, public_id=made["tam"])

    assert (again.state, again.decline_reason, again.decided_at) == ("open", "", None)
    accepted = perform(actions.accept, by=manager, at=soon, public_id=made["tam"])
    assert accepted.state == "accepted"


def test_a_decline_stands_after_fifteen_minutes(crowded, acting, now):
    made, _ = proposed(crowded, **chain(crowded))
    manager = acting(crowded, "practice_manager")
    declined = {"public_id": made["tam"], "reason": "she said no"}
    perform(actions.decline, by=manager, at=now, **declined)

    with pytest.raises(Conflict, match="15 minutes"):
        perform(
            actions.undo_decline,
            by=manager,
            at=now + timedelta(minutes=15, seconds=1),
            public_id=made["tam"],
        )
