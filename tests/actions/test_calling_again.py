"""A patient who calls again is looked at again, and never has two appointments for one problem."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.models import Case, Note
from triage.rules.codes import Need, Urgency


@pytest.fixture
def desk(world, acting):
    return acting(world, "receptionist")


@pytest.fixture
def signed(world, acting, now):
    """A case whose class a clinician has signed: the desk may book it."""
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    return sign(world, acting, case, now)


@pytest.fixture
def booked(world, signed, desk, now):
    slot = world.slots("gp_oak")[0]
    return perform(actions.book, by=desk, at=now, reference=signed.reference, slot_id=slot.pk)


def sign(world, acting, case, at):
    return perform(
        actions.change_class,
        by=acting(world, "clinician"),
        at=at,
        reference=case.reference,
        urgency=Urgency.P5,
        reason="Seen by photo",
    )


def call_again(world, acting, at, **wish):
    return submitted(world, acting, "zoe", Need.SKIN_RASH, at=at, words="Worse today", **wish)


def test_a_signed_case_waits_for_a_clinician_again(signed, world, acting, desk, now):
    again = call_again(world, acting, now)

    with pytest.raises(Refused, match="a clinician looks first"):
        perform(
            actions.hold,
            by=desk,
            at=now,
            reference=again.reference,
            slot_id=world.slots("gp_oak")[0].pk,
        )


def test_a_signed_case_raised_at_the_desk_waits_for_a_clinician(signed, desk, now):
    raised = perform(
        actions.change_class,
        by=desk,
        at=now,
        reference=signed.reference,
        urgency=Urgency.P3,
        reason="Sounds ill",
    )

    assert (raised.urgency, raised.urgency_status) == (3, "provisional")


def test_the_desk_cannot_confirm_the_old_appointment_as_a_hold(booked, world, acting, desk, now):
    again = call_again(world, acting, now)

    with pytest.raises(Refused, match="still has an appointment"):
        perform(
            actions.book,
            by=desk,
            at=now,
            reference=again.reference,
            hold_id=str(booked.public_id),
        )


def test_no_second_appointment_beside_a_live_one(booked, world, acting, desk, now):
    again = sign(world, acting, call_again(world, acting, now), now)

    with pytest.raises(Refused, match="still has an appointment") as refusal:
        perform(
            actions.book,
            by=desk,
            at=now,
            reference=again.reference,
            slot_id=world.slots("gp_oak")[1].pk,
        )

    assert refusal.value.code == "booked"


def test_the_new_number_and_the_wish_not_to_be_texted_are_kept(signed, world, acting, now):
    again = call_again(world, acting, now, phone="07700 900555", safe_to_text=False)

    assert (again.phone, again.safe_to_text) == ("07700 900555", False)


def test_the_same_wish_within_a_minute_is_the_same_call(world, acting, now):
    first = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    again = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now + timedelta(seconds=60))

    assert (again.reference, again.version) == (first.reference, first.version)


@pytest.mark.parametrize(
    ("seconds", "wish"),
    [
        (61, {}),
        (5, {"words": "Worse now"}),
        (5, {"red_flags": ("stroke",)}),
        (5, {"phone": "+447700900555"}),
        (5, {"raised_to": Urgency.P1}),
    ],
)
def test_a_later_or_another_wish_is_a_repeat_contact(world, acting, now, seconds, wish):
    first = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    later = now + timedelta(seconds=seconds)

    again = submitted(world, acting, "zoe", Need.SKIN_RASH, at=later, **wish)

    assert (again.reference, again.version) == (first.reference, first.version + 1)


def test_the_same_wish_of_somebody_else_is_a_repeat_contact(world, acting, now):
    first = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    wish = actions.CaseWish(patient_id=first.patient_id, need=Need.SKIN_RASH, words="since Friday")

    again = perform(actions.submit, by=acting(world, "duty"), at=now, wish=wish)

    assert again.version == first.version + 1


def test_a_case_that_waits_anew_is_called_for_anew(booked, desk, now):
    with everywhere(because="the test looks", at=now):
        Case.objects.filter(reference=booked.case_ref).update(escalated=100)

    waiting = perform(
        actions.cancel_booking,
        by=desk,
        at=now + timedelta(minutes=1),
        public_id=str(booked.public_id),
        because="cancelled",
    )

    assert waiting.escalated == 0


def test_the_case_that_is_named_is_raised_whatever_it_was_about_and_when(world, acting, now):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    later = now + timedelta(hours=25)

    again = submitted(
        world, acting, "zoe", Need.HEADACHE, at=later, words="Worse", again=case.reference
    )

    assert again.reference == case.reference
    with everywhere(because="the test looks", at=later):
        kept = Note.objects.get(case__reference=case.reference, kind=Note.Kind.AGAIN)
        assert (kept.text, Case.objects.count()) == ("About headache: Worse", 1)


def test_control_what_names_no_case_is_a_request_of_its_own(world, acting, now):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    other = submitted(world, acting, "zoe", Need.HEADACHE, at=now + timedelta(hours=1))

    assert other.reference != case.reference


def test_paperwork_and_what_a_clinician_reads_are_never_one(world, acting, now):
    letter = submitted(world, acting, "zoe", Need.ADMIN, at=now, words="A letter")

    rash = submitted(
        world, acting, "zoe", Need.SKIN_RASH, at=now, words="Itches", again=letter.reference
    )

    assert (rash.lane, letter.lane) == ("hub", "practice")
    assert rash.reference != letter.reference


def test_another_patients_case_cannot_be_named(world, acting, now):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)

    mine = submitted(
        world, acting, "zoe", Need.HEADACHE, at=now, words="Worse", again=case.reference
    )

    assert mine.reference != case.reference
