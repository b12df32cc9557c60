"""Proposals that hang together: all leave, then all arrive; who cannot drops only who waited."""

from datetime import timedelta

import pytest

from appointments.models import Booking, Move
from practices.actions import set_limit
from practices.doors import everywhere, perform
from practices.models import Patient, WorkingLimit
from practices.rules.refusals import Absent, Conflict
from tests.cases import submitted
from tests.full_day import overfill
from tests.invariants import broken, past_limit
from tests.world import SETUP
from triage import actions
from triage.models import Case, Proposal, RebalanceRun
from triage.rules.codes import Need


@pytest.fixture
def crowded(world, acting, now):
    """Dr Oak has three patients and room for two, the hub's GP two and room for one."""
    overfill(world, acting)
    with everywhere(because="the test's set-up", at=now):
        world.patients["ann"] = Patient.objects.create(
            practice=world.oak,
            person_key="ann",
            family_name="Reed",
            given_name="Ann",
            sort_name="reed ann",
            born_on=now.date() - timedelta(days=12000),
            phone="07700 900124",
        )
        world.patients["bob"] = Patient.objects.create(
            practice=world.oak,
            person_key="bob",
            family_name="Reed",
            given_name="Bob",
            sort_name="reed bob",
            born_on=now.date() - timedelta(days=12500),
            phone="07700 900125",
        )
    for who, slot in zip(("ann", "bob"), world.slots("supervisor_pm")[5:], strict=False):
        case = submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
        perform(
            actions.book,
            by=acting(world, "receptionist"),
            at=now,
            reference=case.reference,
            slot_id=slot.pk,
            overflow_reason="own_full",
        )
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            clinician_id=world.clinicians["supervisor"].pk,
            points=10,
            from_on=now.date(),
            basis="leaves early",
            by=SETUP,
            at=now,
        )
    return world


def _booking(world, who):
    with everywhere(because="the test looks", at=world.at):
        return Booking.objects.select_related("slot").get(
            patient=world.patients[who], state="booked"
        )


def _proposed(world, **moves):
    """Open proposals: each person's booking to that slot; their ids by person."""
    with everywhere(because="the test's set-up", at=world.at):
        run = RebalanceRun.objects.create(
            network_id=world.network.pk,
            day=world.at.date(),
            key="-".join(sorted(moves)),
            asked_at=world.at,
            status="done",
        )
    made = {}
    for who, slot in moves.items():
        booking = _booking(world, who)
        with everywhere(because="the test's set-up", at=world.at):
            one = Proposal.objects.create(
                run=run,
                practice=world.oak,
                case_ref=booking.case_ref,
                booking=booking,
                booking_version=booking.version,
                to_slot=slot,
                effects={
                    "giving": {"clinician": booking.clinician_id, "before": 30, "limit": 20},
                    "taking": {"clinician": slot.clinician_id, "before": 0, "limit": 250},
                },
                made_at=world.at,
            )
        made[who] = str(one.public_id)
    return made, run


def _where(world, *people):
    return [_booking(world, who).slot_id for who in people]


def _accept(world, acting, made, *people):
    ids = [made[who] for who in people or made]
    manager = acting(world, "practice_manager")
    return perform(actions.accept_all, by=manager, at=world.at, public_ids=ids)


def _chain(world):
    """Zoë and Tâm leave Dr Oak for the hub's nurse; Ann, who was at the hub, takes Zoë's place."""
    nurse, places = world.slots("clinician")[8:], [_booking(world, "zoe").slot]
    return {"ann": places[0], "zoe": nurse[0], "tam": nurse[1]}


def _ring(world):
    """Zoë and Ann change places; Tâm and Bob make the room for it."""
    nurse = world.slots("clinician")[8:]
    return {
        "zoe": _booking(world, "ann").slot,
        "ann": _booking(world, "zoe").slot,
        "tam": nurse[0],
        "bob": nurse[1],
    }


def test_one_takes_the_place_another_leaves(crowded, acting, now):
    wanted = _chain(crowded)
    made, _ = _proposed(crowded, **wanted)

    decided = _accept(crowded, acting, made)

    assert decided.left == ()
    assert _where(crowded, *wanted) == [slot.pk for slot in wanted.values()]
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_a_ring_of_patients_changes_places(crowded, acting, now):
    wanted = _ring(crowded)
    made, _ = _proposed(crowded, **wanted)

    decided = _accept(crowded, acting, made)

    assert decided.left == ()
    assert _where(crowded, *wanted) == [slot.pk for slot in wanted.values()]
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_who_cannot_leave_drops_only_who_wanted_that_place(crowded, acting, now):
    wanted = _chain(crowded)
    made, _ = _proposed(crowded, **wanted)
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

    assert [one.case_ref for one in decided.done] == [_booking(crowded, "tam").case_ref]
    assert _where(crowded, "zoe", "ann") == before
    assert _where(crowded, "tam") == [wanted["tam"].pk]
    with everywhere(because="the test looks", at=now):
        assert Proposal.objects.filter(state="stale").count() == 2
        assert set(Case.objects.values_list("state", flat=True)) == {"booked"}
    assert broken(at=now) == []


def test_a_place_that_is_not_left_yet_is_refused_alone(crowded, acting, now):
    made, _ = _proposed(crowded, **_chain(crowded))

    with pytest.raises(Conflict, match="No place is left"):
        perform(
            actions.accept,
            by=acting(crowded, "practice_manager"),
            at=now,
            public_id=made["ann"],
        )


@pytest.mark.parametrize("shape", [_chain, _ring])
def test_a_whole_run_is_undone_together(crowded, acting, now, shape):
    wanted = shape(crowded)
    before = _where(crowded, *wanted)
    made, run = _proposed(crowded, **wanted)
    _accept(crowded, acting, made)
    manager = acting(crowded, "practice_manager")

    decided = perform(
        actions.undo_run, by=manager, at=now + timedelta(minutes=14), run_id=run.public_id
    )

    assert (len(decided.done), decided.left) == (len(wanted), ())
    assert _where(crowded, *wanted) == before
    assert broken(at=now) == []


def test_a_run_is_undone_for_fifteen_minutes_and_by_its_practice_only(crowded, acting, now):
    made, run = _proposed(crowded, **_chain(crowded))
    _accept(crowded, acting, made)
    late = {"by": acting(crowded, "practice_manager"), "at": now + timedelta(minutes=16)}
    others = {"by": acting(crowded, "receptionist"), "at": now}

    for who in (late, others):
        with pytest.raises(Absent):
            perform(actions.undo_run, run_id=run.public_id, **who)
    with everywhere(because="the test looks", at=now):
        assert not Move.objects.filter(because="undone").exists()


def test_in_a_run_undone_who_cannot_go_back_stays(crowded, acting, now):
    wanted = _chain(crowded)
    before = _where(crowded, "tam")
    made, run = _proposed(crowded, **wanted)
    _accept(crowded, acting, made)
    other = submitted(crowded, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)
    taken = {"reference": other.reference, "slot_id": before[0]}
    with everywhere(because="the test makes room", at=now):
        oak = crowded.clinicians["gp_oak"]
        WorkingLimit.objects.filter(clinician=oak).update(points=60)
    perform(actions.book, by=acting(crowded, "receptionist"), at=now, **taken)

    manager = acting(crowded, "practice_manager")
    decided = perform(actions.undo_run, by=manager, at=now, run_id=run.public_id)

    assert [one.case_ref for one, _ in decided.left] == [_booking(crowded, "tam").case_ref]
    assert len(decided.done) == 2
    assert broken(at=now) == []


def test_a_decline_undone_lets_the_move_be_proposed_again(crowded, acting, now):
    made, _ = _proposed(crowded, **_chain(crowded))
    manager = acting(crowded, "practice_manager")
    declined = {"public_id": made["tam"], "reason": "wrong line"}
    perform(actions.decline, by=manager, at=now, **declined)

    soon = now + timedelta(minutes=15)
    again = perform(actions.undo_decline, by=manager, at=soon, public_id=made["tam"])

    assert (again.state, again.decline_reason, again.decided_at) == ("open", "", None)
    accepted = perform(actions.accept, by=manager, at=soon, public_id=made["tam"])
    assert accepted.state == "accepted"


def test_a_decline_stands_after_fifteen_minutes(crowded, acting, now):
    made, _ = _proposed(crowded, **_chain(crowded))
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
