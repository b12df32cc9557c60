"""Taking, keeping and letting go of cases, and giving up on somebody who cannot be reached."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import Clinician, Membership, User
from practices.rules.refusals import Conflict, Refused
from tests.cases import SPOKE, submitted
from tests.world import LONG_AGO
from triage import actions
from triage.actions.taking import take_my_next
from triage.models import Case
from triage.queries.options import options
from triage.queries.queue_rows import names_of_case, row_of
from triage.queries.standing import standing_of
from triage.rules.codes import Need, Outcome, Urgency


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
            wish=actions.OutcomeWish(Outcome.DENTAL, safety_net="Call us", record_viewed="summary"),
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


@pytest.fixture
def assistant(world, acting, now):
    """A physician assistant of the hub."""
    with everywhere(because="the test's set-up", at=now):
        user = User.objects.create(username="assistant", name="Assistant")
        world.users["assistant"] = user
        Membership.objects.create(
            user=user, role="clinician", organisation_id=world.hub.pk, from_on=LONG_AGO
        )
        Clinician.objects.create(
            user=user,
            home_id=world.hub.pk,
            profession="physician_assistant",
            supervisor=world.clinicians["supervisor"],
        )
    return acting(world, "assistant")


def signs(world, acting, who, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    return perform(
        actions.change_class,
        by=acting(world, who),
        at=now,
        reference=case.reference,
        urgency=Urgency(f"P{case.urgency}"),
        reason="",
    )


@pytest.mark.parametrize(("who", "opens"), [("clinician", False), ("supervisor", True)])
def test_only_a_gps_signature_opens_a_case_to_a_physician_assistant(
    world, acting, assistant, now, who, opens
):
    case = signs(world, acting, who, now)

    with everywhere(because="the test looks", at=now):
        facts = options(case.reference, at=now).case
        row = row_of(names_of_case(Case.objects.filter(pk=case.pk)).get(), at=now)
        standing = standing_of(assistant.clinician_id, row, at=now)
    taken = perform(take_my_next, by=assistant, at=now)

    assert (taken is not None) is opens
    assert (facts.signed, facts.triaged_by_gp) == (True, opens)
    assert (standing.outside_scope == "") is opens


def test_a_case_a_paramedic_signed_cannot_be_claimed_by_an_assistant(world, acting, assistant, now):
    case = signs(world, acting, "clinician", now)

    with pytest.raises(Refused, match="only after a GP has triaged"):
        perform(actions.claim, by=assistant, at=now, reference=case.reference)


def test_a_case_a_gp_signed_can_be_claimed_by_an_assistant(world, acting, assistant, now):
    case = signs(world, acting, "supervisor", now)

    taken = perform(actions.claim, by=assistant, at=now, reference=case.reference)

    assert taken.claimed_by_id == assistant.clinician_id


@pytest.fixture
def emergency(world, acting, clinician, now):
    case = submitted(
        world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True
    )
    return perform(actions.claim, by=clinician, at=now, reference=case.reference)


def ends(case, clinician, at, outcome, **said):
    wish = actions.OutcomeWish(outcome, **{"record_viewed": "summary", "contact": SPOKE} | said)
    return perform(actions.close, by=clinician, at=at, reference=case.reference, wish=wish)


@pytest.mark.parametrize(
    ("outcome", "said", "sentence", "field"),
    [
        (Outcome.ADVICE, {}, "An emergency ends with who took over", "outcome"),
        (Outcome.DUPLICATE, {"note": "Twice"}, "Enter what to watch for", "safety_net"),
        (Outcome.AMBULANCE, {}, "Enter who took over", "taken_by"),
        (Outcome.AMBULANCE, {"note": "Chest pain"}, "Enter who took over", "taken_by"),
        (Outcome.MATERNITY, {"safety_net": "Ring if worse"}, "Enter who took over", "taken_by"),
    ],
)
def test_an_emergency_does_not_end_with_nothing_behind_it(
    emergency, clinician, now, outcome, said, sentence, field
):
    with pytest.raises(Refused, match=sentence) as refusal:
        ends(emergency, clinician, now, outcome, **said)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.MATERNITY, {"taken_by": "Sister Bell, labour ward"}),
        (Outcome.AMBULANCE, {"taken_by": "Crew 12 at 9:41am"}),
    ],
)
def test_an_emergency_ends_safely(emergency, clinician, now, outcome, said):
    closed = ends(emergency, clinician, now, outcome, **said)

    assert closed.state == "closed"


def test_the_hub_does_not_end_a_case_over_the_practices_appointment(world, acting, clinician, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, slot = acting(world, "receptionist"), world.slots("gp_oak")[0]
    made = perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)
    said = {"safety_net": "Ring if worse"}

    with pytest.raises(Refused, match="The practice ends it"):
        ends(case, clinician, now, Outcome.DENTAL, **said)
    ends(case, acting(world, "duty"), now, Outcome.DENTAL, **said)

    with everywhere(because="the test looks", at=now):
        made.refresh_from_db()
    assert made.state == "cancelled"
