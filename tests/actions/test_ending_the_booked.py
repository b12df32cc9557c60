"""A case ends by who may take it, and an appointment that is still ahead ends in so many words."""

from datetime import timedelta

import pytest

from appointments.models import Booking
from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.refusals import Conflict, Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.attending import arrive
from triage.actions.desk import choose_way
from triage.rules.codes import Need, Outcome


@pytest.fixture
def booked(world, acting, now):
    """Zoë has the hub's last place of the morning for her sore throat."""
    case = submitted(
        world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True, phone="07700 900123"
    )
    slot = world.slots("clinician")[-1]
    by = acting(world, "receptionist")
    perform(actions.book, by=by, at=now, reference=case.reference, slot_id=slot.pk)
    return case


@pytest.fixture
def end(world, acting, now):
    def ended(case, outcome, who="clinician", at=None, contact=None):
        wish = actions.OutcomeWish(
            outcome, safety_net="Ring if worse", record_viewed="summary", contact=contact
        )
        return perform(
            actions.close, by=acting(world, who), at=at or now, reference=case.reference, wish=wish
        )

    return ended


def kept(now):
    with everywhere(because="the test looks", at=now):
        booking = Booking.objects.get()
        told = dict(Message.objects.order_by("id").values_list("kind", "state"))
        return booking.state, told


@pytest.mark.parametrize(
    ("outcome", "contact"),
    [(Outcome.PHARMACY, SPOKE), (Outcome.DENTAL, SPOKE), (Outcome.ADVICE, SPOKE)],
)
def test_whose_appointment_is_ahead_reads_that_it_is_cancelled(booked, end, now, outcome, contact):
    end(booked, outcome, contact=contact)

    state, told = kept(now)
    assert state == "cancelled"
    assert told["confirmed"] == "superseded"
    assert told["cancelled"] in {"queued", "staff_tell"}


def test_advice_before_the_appointment_says_with_whom_it_was_spoken(booked, end):
    with pytest.raises(Refused, match="No clinician has spoken with the patient yet"):
        end(booked, Outcome.ADVICE)


def test_who_came_and_had_advice_was_seen(booked, end, now):
    with everywhere(because="the test looks", at=now):
        starts_at = Booking.objects.get().starts_at

    end(booked, Outcome.ADVICE, at=starts_at + timedelta(minutes=5))

    state, told = kept(now)
    assert state == "attended"
    assert "cancelled" not in told


def test_who_could_not_take_a_case_does_not_end_it(world, acting, now, end):
    case = submitted(world, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)

    with pytest.raises(Refused) as refused:
        end(case, Outcome.PHARMACY, who="physio")
    assert refused.value.code == "scope"


def test_who_saw_the_patient_ends_the_case(booked, end, now):
    with everywhere(because="the test looks", at=now):
        starts_at = Booking.objects.get().starts_at

    assert end(booked, Outcome.BOOKED_HUB, at=starts_at).state == "closed"


def test_nobody_is_seen_before_the_appointment_unless_they_came(world, acting, booked, end, now):
    early = now + timedelta(minutes=1)
    with everywhere(because="the test looks", at=now):
        key = str(Booking.objects.get().public_id)

    with pytest.raises(Refused, match="This appointment has not begun") as refusal:
        end(booked, Outcome.BOOKED_HUB, at=early)
    perform(arrive, by=acting(world, "clinician"), at=early, public_id=key)

    assert refusal.value.field == "outcome"
    assert end(booked, Outcome.BOOKED_HUB, at=early).state == "closed"


def test_nobody_is_not_brought_to_no_appointment(world, acting, now, end):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    by = acting(world, "clinician")
    perform(actions.claim, by=by, at=now, reference=case.reference)

    with pytest.raises(Refused, match="No appointment of this patient was missed"):
        end(case, Outcome.NOT_BROUGHT)


@pytest.mark.parametrize("how", ["booked", "claimed", "closed"])
def test_no_way_is_promised_for_a_case_that_left_the_queue(world, acting, now, booked, end, how):
    case = booked
    if how != "booked":
        case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
        by = acting(world, "clinician")
        perform(actions.claim, by=by, at=now, reference=case.reference)
    if how == "closed":
        end(case, Outcome.DENTAL, contact=SPOKE)

    with pytest.raises(Conflict):
        perform(
            choose_way,
            by=acting(world, "receptionist"),
            at=now,
            reference=case.reference,
            key="callback",
        )
