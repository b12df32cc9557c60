"""An answer about a place of another network is taken back within ten seconds (ADR 15)."""

from datetime import timedelta

import pytest

from appointments.actions import mark_arrived
from appointments.models import Booking
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Message, OutboxItem
from practices.rules.refusals import Conflict, Forbidden
from tests.invariants import broken
from tests.pages.test_offers import offer
from triage import actions
from triage.actions.offers import accept_offer, decline_offer, undo_decision
from triage.models import Case, CaseStep, PlaceOffer
from triage.rules.codes import Urgency
from triage.rules.undoing import UNDO_FOR

__all__ = ["offer"]
SOON = timedelta(seconds=4)
FACTS = ("state", "urgency", "due_at", "escalated", "booking_id", "bookable_now", "lane")
GIVEN = ("state", "decided_at", "decided_by_id", "decline_reason", "to_slot_id")


@pytest.fixture
def me(world, acting):
    return acting(world, "practice_manager")


@pytest.fixture
def answers(offer, me, now):
    def answer(how, at=now):
        wish = {"reason": "Too far"} if how is decline_offer else {}
        return perform(how, by=me, at=at, public_id=str(offer.public_id), **wish)

    return answer


def undoes(by, offer, at):
    return perform(undo_decision, by=by, at=at, public_id=str(offer.public_id))


def seen(model, now, **which):
    with everywhere(because="the test looks", at=now):
        return list(model.objects.filter(**which).order_by("pk"))


def facts(row, names):
    return [getattr(row, name) for name in names]


def test_the_place_is_free_and_the_case_waits_as_before(offer, me, answers, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(escalated=50)
    ((was,), (open_,)) = seen(Case, now), seen(PlaceOffer, now)
    answers(accept_offer)

    undoes(me, offer, now + SOON)

    ((case,), (again,)) = seen(Case, now), seen(PlaceOffer, now)
    (booking,) = seen(Booking, now)
    assert facts(case, FACTS) == facts(was, FACTS)
    assert facts(again, GIVEN) == facts(open_, GIVEN)
    assert (booking.state, booking.ended_because) == ("cancelled", "undone")
    assert [one.step for one in seen(CaseStep, now)][-2:] == ["book", "undo_book"]
    assert broken(at=now + SOON) == []


def test_the_patient_hears_nothing_of_it(offer, me, answers, now):
    answers(accept_offer)
    (text,) = seen(Message, now, kind="confirmed")
    promised = seen(OutboxItem, now, task="practices.tasks.deliver_message")
    waits = [one.due_at for one in promised if one.payload["message_id"] == text.pk]

    undoes(me, offer, now + SOON)

    (unsaid,) = seen(Message, now, kind="confirmed")
    assert (waits, unsaid.state) == ([now + UNDO_FOR], "superseded")
    assert seen(Message, now, kind="cancelled") == []


def test_it_is_accepted_again(offer, me, answers, now):
    answers(accept_offer)
    undoes(me, offer, now + SOON)

    booking = answers(accept_offer, now + SOON)

    assert (booking.state, booking.slot_id) == ("booked", offer.to_slot_id)


def test_a_decline_is_taken_back(offer, me, answers, now):
    (open_,) = seen(PlaceOffer, now)
    answers(decline_offer)

    undoes(me, offer, now + SOON)

    (again,) = seen(PlaceOffer, now)
    verbs = [one.verb for one in seen(AuditEntry, now, entity="offer")]
    assert facts(again, GIVEN) == facts(open_, GIVEN)
    assert verbs == ["offer.declined", "offer.undone"]


@pytest.mark.parametrize("how", [accept_offer, decline_offer])
def test_after_ten_seconds_the_answer_stands(how, offer, me, answers, now):
    answers(how)

    with pytest.raises(Conflict, match="10 seconds to undo this have passed"):
        undoes(me, offer, now + timedelta(seconds=11))


@pytest.mark.parametrize("how", [accept_offer, decline_offer])
def test_nobody_takes_back_anothers_answer(how, world, acting, offer, answers, now):
    answers(how)

    with pytest.raises(Conflict, match="Somebody else has said this"):
        undoes(acting(world, "duty"), offer, now)
    with pytest.raises(Forbidden):
        undoes(acting(world, "receptionist"), offer, now)


@pytest.mark.parametrize("how", [accept_offer, decline_offer])
def test_it_is_taken_back_once(how, offer, me, answers, now):
    answers(how)
    undoes(me, offer, now)

    with pytest.raises(Conflict, match="nothing to undo"):
        undoes(me, offer, now)


@pytest.mark.parametrize("how", [accept_offer, decline_offer])
def test_once_the_case_has_changed_the_answer_stands(how, world, acting, offer, me, answers, now):
    answers(how)
    case = {"reference": offer.case.reference}
    wish = {"urgency": Urgency.P1, "reason": "Worse"}
    perform(actions.change_class, by=acting(world, "duty"), at=now, **case, **wish)

    with pytest.raises(Conflict, match="since"):
        undoes(me, offer, now)


def test_who_is_there_already_keeps_the_place(offer, me, answers, now):
    booking = answers(accept_offer)
    perform(mark_arrived, by=me, at=now, booking_id=booking.pk)

    with pytest.raises(Conflict, match="at the appointment already"):
        undoes(me, offer, now)


def test_what_the_patient_was_sent_is_not_undone(offer, me, answers, now):
    answers(accept_offer)
    with everywhere(because="the carrier was early", at=now):
        Message.objects.filter(kind="confirmed").update(state="sent")

    with pytest.raises(Conflict, match="has been sent a message"):
        undoes(me, offer, now)


@pytest.mark.parametrize("how", [accept_offer, decline_offer])
def test_where_another_place_was_offered_since_this_one_is_stale(how, offer, me, answers, now):
    answers(how)
    with everywhere(because="another pass offers it", at=now):
        PlaceOffer.objects.create(
            run=offer.run,
            practice=offer.practice,
            case=offer.case,
            case_version=offer.case_version,
            to_slot=offer.to_slot,
            made_at=now,
        )

    undoes(me, offer, now)

    (first, other) = seen(PlaceOffer, now)
    assert (first.state, other.state) == ("stale", "open")
