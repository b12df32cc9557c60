"""“We have your request” goes to whom nothing better was said, once; nobody is left without."""

from datetime import timedelta

import pytest

from practices.actions import delivery
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.presenters.messages import fate_words
from practices.queries.messages import messages_of_case
from practices.tasks import sweep_outbox
from tests.cases import SPOKE, submitted
from tests.posting import DELIVER, until_done
from triage import actions
from triage.actions.flagging import tick_flag
from triage.actions.telling import CALL_SETTLES_IN
from triage.rules.codes import Need, Outcome, Urgency

PHONE = "07700 900123"


@pytest.fixture
def call(world, acting, now, notify, hands, hour):
    """Zoë is on the line with a sore throat; what she is sent is counted."""
    return submitted(
        world, acting, "zoe", Need.SORE_THROAT, at=now, phone=PHONE, red_flags_asked=True
    )


def _book(world, acting, case, *, at):
    slot = world.slots("gp_oak")[-1]
    by = acting(world, "receptionist")
    return perform(actions.book, by=by, at=at, reference=case.reference, slot_id=slot.pk)


def _sent(world, hour, notify):
    """What the carrier took by the time all is done, in order."""
    with everywhere(because="the test looks at messages alone", at=world.at):
        OutboxItem.objects.exclude(task=DELIVER).update(done_at=world.at)
    until_done(world, hour)
    return [text["body"].split(",")[0].split(" at ")[0] for text in notify.taken]


def _states(world):
    with everywhere(because="the test looks", at=world.at):
        return dict(Message.objects.order_by("id").values_list("kind", "state"))


def test_who_is_not_booked_reads_it_once_when_the_call_is_over(world, call, hour, notify, now):
    assert _sent(world, hour, notify) == ["We have your request"]
    assert hour.at == now + CALL_SETTLES_IN
    assert len(set(notify.times_taken().values())) == 1


def test_who_is_booked_in_the_call_reads_the_confirmation_alone(
    world, acting, call, hour, notify, now
):
    _book(world, acting, call, at=now + timedelta(minutes=1))

    assert _sent(world, hour, notify) == ["Your appointment is"]
    assert _states(world) == {"received": "superseded", "confirmed": "sent"}


def test_control_without_the_guard_both_go(world, acting, call, hour, notify, now, monkeypatch):
    monkeypatch.setattr(delivery, "is_overtaken", lambda _: False)
    _book(world, acting, call, at=now + timedelta(minutes=1))

    assert _sent(world, hour, notify) == ["Your appointment is", "We have your request"]


def test_who_is_booked_and_cancelled_again_still_reads_by_when(
    world, acting, call, hour, notify, now
):
    booking = _book(world, acting, call, at=now)
    cancel = {"public_id": str(booking.public_id), "because": "patient_asked"}
    perform(actions.cancel_booking, by=acting(world, "receptionist"), at=now, **cancel)

    assert _sent(world, hour, notify) == ["Your appointment", "We have your request"]


def test_who_asks_online_reads_it_at_once(world, acting, notify, hands, hour, now):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now, phone=PHONE, channel="online")

    assert _sent(world, hour, notify) == ["We have your request"]
    assert hour.at == now


def test_whose_case_is_complete_is_not_told_to_wait(world, acting, call, hour, notify, now):
    by, which = acting(world, "clinician"), {"reference": call.reference}
    perform(actions.claim, by=by, at=now, **which)
    wish = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Call if worse", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, by=by, at=now, wish=wish, **which)

    assert _sent(world, hour, notify) == [
        "Your request " + call.reference + " is complete. If things get worse"
    ]


def test_whose_case_became_an_emergency_is_not_told_to_wait(world, acting, call, hour, notify, now):
    by = acting(world, "receptionist")
    perform(tick_flag, by=by, at=now, reference=call.reference, code="heart_attack")

    assert _sent(world, hour, notify) == []
    assert _states(world) == {"received": "superseded"}


def test_a_higher_class_that_is_no_emergency_leaves_it(world, acting, call, hour, notify, now):
    wish = {"reference": call.reference, "urgency": Urgency.P1, "reason": "worse"}
    perform(actions.change_class, by=acting(world, "receptionist"), at=now, **wish)

    assert _sent(world, hour, notify) == ["We have your request"]


def test_the_desk_reads_that_it_waits_for_the_call(world, call, now):
    with everywhere(because="the test looks", at=now):
        (row,) = messages_of_case(call.reference)

    assert fate_words(row, now=now) == "Leaves within minutes, unless they are booked first"


def test_whose_request_ends_without_a_word_is_not_told_to_wait(
    world, acting, notify, hands, hour, now
):
    """Paperwork that was done before: the desk closes it, and nobody will call."""
    case = submitted(world, acting, "zoe", Need.ADMIN, at=now, phone=PHONE)
    by, wish = acting(world, "receptionist"), actions.OutcomeWish(Outcome.ADMIN_DONE)
    perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)

    assert _sent(world, hour, notify) == []
    assert _states(world) == {"received": "superseded"}


@pytest.mark.parametrize("falls_due_between", [False, True])
def test_whose_closing_is_undone_reads_it_all_the_same(
    world, acting, call, hour, notify, now, falls_due_between
):
    by, which = acting(world, "clinician"), {"reference": call.reference}
    perform(actions.claim, by=by, at=now, **which)
    closed_at = now + CALL_SETTLES_IN - timedelta(seconds=3)
    wish = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Call if worse", record_viewed="summary", contact=SPOKE
    )
    closed = perform(actions.close, by=by, at=closed_at, wish=wish, **which)
    hour.at = now + CALL_SETTLES_IN
    if falls_due_between:
        sweep_outbox()
    perform(actions.undo_step, by=by, at=hour.at, version=closed.version, **which)

    assert _sent(world, hour, notify) == ["We have your request"]
