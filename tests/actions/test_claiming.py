"""Taking, keeping and letting go of cases, and giving up on somebody who cannot be reached."""

from datetime import timedelta

import pytest

from practices.doors import perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import submitted
from triage import actions
from triage.actions.taking import take_my_next
from triage.rules.codes import Need, Outcome, Urgency


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


@pytest.fixture
def claimed(world, acting, clinician, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    return perform(actions.claim, by=clinician, at=now, reference=case.reference)


def tries(clinician, case, *attempts):
    for at, channel in attempts:
        perform(
            actions.record_attempt,
            by=clinician,
            at=at,
            reference=case.reference,
            channel=channel,
            answered=False,
        )


def gives_up(clinician, case, at):
    perform(actions.claim, by=clinician, at=at, reference=case.reference)
    return perform(
        actions.close,
        by=clinician,
        at=at,
        reference=case.reference,
        wish=actions.OutcomeWish(Outcome.NO_CONTACT, safety_net="Text sent: call us back"),
    )


def test_next_is_the_most_urgent_within_my_scope(world, acting, now):
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    back = submitted(world, acting, "zoe", Need.BACK_JOINT, at=now)
    anp = acting(world, "clinician")
    perform(
        actions.change_class,
        by=anp,
        at=now,
        reference=back.reference,
        urgency=Urgency.P4,
        reason="",
    )

    taken = perform(take_my_next, by=acting(world, "physio"), at=now)

    assert taken.reference == back.reference


def test_a_duty_clinician_takes_from_the_own_practice_only(world, acting, now):
    submitted(world, acting, "ellen", Need.COUGH_BREATHING, at=now)
    own = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    taken = perform(take_my_next, by=acting(world, "duty"), at=now)

    assert taken.reference == own.reference


def test_a_case_somebody_has_is_not_taken_from_them(claimed, world, acting, now):
    with pytest.raises(Conflict, match="already looking after"):
        perform(actions.claim, by=acting(world, "supervisor"), at=now, reference=claimed.reference)


def test_a_lease_that_ran_out_lets_the_next_one_in(claimed, world, acting, now):
    later = now + actions.LEASE

    taken = perform(
        actions.claim, by=acting(world, "supervisor"), at=later, reference=claimed.reference
    )

    assert taken.claimed_by_id == world.clinicians["supervisor"].pk


def test_a_heartbeat_keeps_the_case_from_now_on(claimed, clinician, now):
    later = now + timedelta(minutes=10)

    kept = perform(actions.heartbeat, by=clinician, at=later, reference=claimed.reference)

    assert kept.lease_until == later + actions.LEASE


def test_a_released_case_stands_in_its_old_place(claimed, clinician, now):
    freed = perform(actions.release, by=clinician, at=now, reference=claimed.reference)

    assert (freed.state, freed.due_at) == ("waiting", claimed.due_at)


@pytest.fixture
def called_again(world, acting, clinician, now):
    """A case with an appointment at the practice, claimed because the patient called again."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, slot = acting(world, "receptionist"), world.slots("gp_oak")[0]
    held = perform(actions.hold, by=desk, at=now, reference=case.reference, slot_id=slot.pk)
    perform(actions.book, by=desk, at=now, reference=case.reference, hold_id=str(held.public_id))
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, words="Worse today")
    return perform(actions.claim, by=clinician, at=now, reference=case.reference)


def test_after_a_repeat_contact_a_clinician_keeps_the_appointment(called_again, clinician, now):
    kept = perform(actions.keep_booking, by=clinician, at=now, reference=called_again.reference)

    assert (kept.state, kept.booking_id) == ("booked", called_again.booking_id)


def test_nobody_is_closed_under_an_appointment_still_to_come(called_again, clinician, now):
    with pytest.raises(Refused, match="still has an appointment"):
        perform(
            actions.close,
            by=clinician,
            at=now,
            reference=called_again.reference,
            wish=actions.OutcomeWish(Outcome.ADVICE, safety_net="Call again if worse"),
        )


def test_a_case_without_an_appointment_has_none_to_keep(claimed, clinician, now):
    with pytest.raises(Refused, match="no appointment to keep"):
        perform(actions.keep_booking, by=clinician, at=now, reference=claimed.reference)


def test_nobody_is_given_up_after_two_attempts(claimed, clinician, now):
    tries(clinician, claimed, (now, "phone"), (now + timedelta(minutes=15), "text"))

    with pytest.raises(Refused, match="Try 1 more time") as refusal:
        gives_up(clinician, claimed, now + timedelta(minutes=16))

    assert refusal.value.field == "outcome"


def test_after_three_attempts_on_two_channels_a_clinician_may_give_up(claimed, clinician, now):
    times = [now + timedelta(minutes=15 * n) for n in range(3)]
    tries(clinician, claimed, *zip(times, ("phone", "text", "phone"), strict=True))

    closed = gives_up(clinician, claimed, times[-1])

    assert closed.state == "closed"
