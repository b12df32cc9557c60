"""An appointment moved by a slip of the hand is where it was, and nobody hears of the move."""

from datetime import timedelta

import pytest

from appointments.actions import put_back
from appointments.models import Booking, DayLoad, Override
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.rules.access import AccessNeed
from practices.rules.refusals import Conflict, Refused
from tests.cases import submitted
from tests.full_day import booked, limited, planned_ahead
from tests.invariants import broken
from triage import actions
from triage.actions.attending import miss
from triage.actions.automatic import undo_placement
from triage.actions.planned import move_planned
from triage.actions.undoing_moves import undo_move
from triage.models import Case, CaseStep
from triage.rules.codes import Need
from triage.rules.undoing import UNDO_FOR

SOON, LATE = timedelta(seconds=4), timedelta(seconds=11)


@pytest.fixture
def desk(world, acting):
    return acting(world, "receptionist")


@pytest.fixture(params=["case", "planned"])
def old(request, world, acting, desk, now):
    """Zoë has the last place of Dr Oak's morning, for a case or planned ahead of any."""
    slot = world.slots("gp_oak")[-1]
    if request.param == "case":
        booked(world, acting, "zoe", slot)
    else:
        planned_ahead(world, "zoe", slot, Need.WOUND_INJURY)
    (found,) = seen(Booking, now)
    return found


def seen(model, now, **which):
    with everywhere(because="the test looks", at=now):
        return list(model.objects.filter(**which).order_by("pk"))


def moves(by, booking, slot, at):
    wish = {"public_id": str(booking.public_id), "to_slot_id": slot.pk}
    if not booking.case_ref:
        return perform(move_planned, by=by, at=at, **wish)
    return perform(actions.move_booking, by=by, at=at, because="patient_asked", **wish)


def undoes(by, booking, at):
    return perform(undo_move, by=by, at=at, public_id=booking.public_id)


def told(now):
    return [(one.kind, one.state) for one in seen(Message, now)]


@pytest.fixture
def sent(now):
    """What was said before has left: whoever is not on the line had it as a text."""

    def all_sent():
        with everywhere(because="a carrier was there", at=now):
            Message.objects.filter(state="queued").update(state="delivered", settled_at=now)

    return all_sent


def test_the_patient_is_in_the_old_place_again(old, world, desk, now):
    moved = moves(desk, old, world.slots("gp_oak")[3], now)

    back = undoes(desk, moved, now + SOON)

    facts = [(one.state, one.slot_id) for one in seen(Booking, now)]
    slots = [old.slot_id, moved.slot_id, old.slot_id]
    assert facts == list(zip(["moved", "moved", "booked"], slots, strict=True))
    assert (back.booked_at, back.method, back.place) == (old.booked_at, old.method, old.place)
    assert broken(at=now + SOON) == []


def test_both_steps_stand_in_the_history(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    (old,) = seen(Booking, now)
    moved = moves(desk, old, world.slots("gp_oak")[3], now)

    back = undoes(desk, moved, now + SOON)

    (case,) = seen(Case, now)
    done, undone = seen(CaseStep, now, case=case)[-2:]
    assert (done.step, undone.step, undone.undoes_id) == ("move_booking", "undo_move", done.pk)
    assert (case.state, case.booking_id) == ("booked", back.pk)


def test_the_news_of_a_move_waits_until_it_cannot_be_undone(old, world, desk, now):
    moves(desk, old, world.slots("gp_oak")[3], now)

    (text,) = seen(Message, now, kind="changed")
    promised = seen(OutboxItem, now, task="practices.tasks.deliver_message")
    assert [one.due_at for one in promised if one.payload["message_id"] == text.pk] == [
        now + UNDO_FOR
    ]


def test_nobody_who_knows_the_old_time_hears_of_the_move(old, world, desk, now, sent):
    sent()
    before = told(now)
    for second in range(2):
        at = now + second * UNDO_FOR
        (standing,) = seen(Booking, now, state="booked")
        moved = moves(desk, standing, world.slots("gp_oak")[3], at)
        undoes(desk, moved, at + SOON)

    assert told(now) == [*before, ("changed", "superseded"), ("changed", "superseded")]


@pytest.mark.parametrize("is_failed", [False, True])
def test_who_had_not_heard_of_the_old_time_yet_hears_it(is_failed, world, acting, desk, now):
    failed = {"state": "failed", "settled_at": now, "to_tell_since": now, "trouble": "broken"}
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    with everywhere(because="nobody was on the line", at=now):
        unsaid = failed if is_failed else {"state": "queued"}
        Message.objects.filter(kind="confirmed").update(**unsaid)
    (old,) = seen(Booking, now)
    moved = moves(desk, old, world.slots("gp_oak")[3], now + SOON)

    undoes(desk, moved, now + 2 * SOON)

    news = seen(Message, now, kind__in=("confirmed", "changed"))
    assert [(one.kind, one.state) for one in news] == [
        ("confirmed", "superseded"),
        ("changed", "superseded"),
        ("confirmed", "queued"),
    ]
    assert "12:45pm" in news[-1].body


def test_news_that_has_left_keeps_the_new_time(old, world, desk, now):
    moved = moves(desk, old, world.slots("gp_oak")[3], now)
    with everywhere(because="a carrier was quicker", at=now):
        Message.objects.filter(kind="changed").update(state="sending")

    with pytest.raises(Conflict, match="has been sent a message"):
        undoes(desk, moved, now + SOON)

    assert [one.pk for one in seen(Booking, now, state="booked")] == [moved.pk]


def test_a_place_that_was_taken_meanwhile_is_not_taken_back(old, world, acting, desk, now):
    moved = moves(desk, old, world.slots("gp_oak")[3], now)
    booked(world, acting, "tam", world.slots("gp_oak")[-1])
    before = told(now)

    with pytest.raises(Conflict, match="Somebody has taken the old place meanwhile"):
        undoes(desk, moved, now + SOON)

    (mine,) = seen(Booking, now, patient=old.patient_id, state="booked")
    assert (mine.pk, told(now)) == (moved.pk, before)
    assert broken(at=now) == []


@pytest.mark.parametrize(
    ("who", "after", "words"),
    [("duty", SOON, "Something else has happened"), ("receptionist", LATE, "10 seconds")],
)
def test_nobody_else_and_not_later(old, world, acting, desk, now, who, after, words):
    moved = moves(desk, old, world.slots("gp_oak")[3], now)

    with pytest.raises(Conflict, match=words):
        undoes(acting(world, who), moved, now + after)


def test_what_happened_since_is_not_undone_over(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    (old,) = seen(Booking, now)
    moved = moves(desk, old, world.slots("gp_oak")[3], now)
    wish = {"reference": old.case_ref, "channel": "phone", "answered": True}
    perform(actions.record_attempt, by=desk, at=now, **wish)

    with pytest.raises(Conflict, match="Somebody has done something with this case since"):
        undoes(desk, moved, now + SOON)


def test_who_has_arrived_meanwhile_stays_where_they_are(old, world, desk, now):
    moved = moves(desk, old, world.slots("gp_oak")[3], now)
    with everywhere(because="the front desk was quicker", at=now):
        Booking.objects.filter(pk=moved.pk).update(state="arrived")

    with pytest.raises(Conflict, match="has changed since"):
        undoes(desk, moved, now + SOON)


def test_a_day_that_was_over_its_limit_may_be_so_again(world, acting, desk, now):
    """ADR 6: on record, and never fuller than it was."""
    booked(world, acting, "tam", world.slots("gp_oak")[2])
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    limited(world, "gp_oak", points=10, because="unwell today")
    (old,) = seen(Booking, now, patient=world.patients["zoe"])
    moved = moves(desk, old, world.slots("clinician")[3], now + SOON)

    undoes(desk, moved, now + 2 * SOON)

    (load,) = seen(DayLoad, now, clinician=world.clinicians["gp_oak"].pk)
    (passed,) = seen(Override, now)
    assert (load.booked, passed.reason) == (20, "Undo within ten seconds")


def test_a_day_somebody_else_has_used_since_is_not_filled_past_its_limit(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    (old,) = seen(Booking, now)
    moved = moves(desk, old, world.slots("clinician")[3], now)
    limited(world, "gp_oak", points=10, because="unwell today")
    booked(world, acting, "tam", world.slots("gp_oak")[2])

    with pytest.raises(Conflict, match="past the safe working limit"):
        undoes(desk, moved, now + SOON)


def test_an_urgent_patient_is_put_back_past_the_limit_as_any_move_would(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    moved = moves(desk, seen(Booking, now)[0], world.slots("clinician")[3], now)
    limited(world, "gp_oak", points=10, because="unwell today")
    booked(world, acting, "tam", world.slots("gp_oak")[2])
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(reference=moved.case_ref).update(urgency=2)

    assert undoes(desk, moved, now + SOON).slot_id == world.slots("gp_oak")[-1].pk


def test_what_was_put_back_already_is_not_put_back_twice(world, acting, desk, now):
    """Two tabs pressed at once: the second waited for the lock, and finds it done."""
    slot = world.slots("gp_oak")[-1]
    planned_ahead(world, "zoe", slot, Need.WOUND_INJURY)
    (old,) = seen(Booking, now)
    perform(miss, public_id=str(old.public_id), by=desk, at=slot.starts_at)
    again = {"booking_id": old.pk, "was_id": old.pk, "since": slot.starts_at}
    perform(put_back, asked_by="practice", by=desk, at=slot.starts_at, **again)

    with pytest.raises(Conflict, match="changed since"):
        perform(put_back, asked_by="practice", by=desk, at=slot.starts_at, **again)


def test_a_double_has_both_its_places_again(world, acting, desk, now):
    case = submitted(
        world,
        acting,
        "zoe",
        Need.SORE_THROAT,
        at=now,
        red_flags_asked=True,
        access_needs=(AccessNeed.INTERPRETER,),
    )
    slots = world.slots("gp_oak")
    wish = {"reference": case.reference, "slot_id": slots[6].pk}
    old = perform(actions.book, by=desk, at=now, **wish)
    moved = moves(desk, old, slots[0], now)

    back = undoes(desk, moved, now + SOON)

    assert (back.slot_id, back.second_slot_id) == (slots[6].pk, slots[7].pk)
    assert broken(at=now) == []


def test_what_a_machine_booked_can_be_undone_as_before(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(method="automatic")
    (old,) = seen(Booking, now)
    back = undoes(desk, moves(desk, old, world.slots("gp_oak")[3], now), now + SOON)

    case = perform(undo_placement, by=desk, at=now + SOON, public_id=str(back.public_id))

    assert case.state == "waiting"


def test_what_a_plan_moved_is_undone_with_the_plan(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    (old,) = seen(Booking, now)
    wish = {"public_id": str(old.public_id), "to_slot_id": world.slots("gp_oak")[3].pk}
    moved = perform(actions.move_booking, by=desk, at=now, because="rebalanced", **wish)

    with pytest.raises(Refused, match="Something else has happened"):
        undoes(desk, moved, now + SOON)
