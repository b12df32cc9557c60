"""A case goes back to its practice only when the practice says yes, and not twice to nobody."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.rules.refusals import Conflict, Forbidden, Refused
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.models import Case, CaseOutcome, CaseStep
from triage.queries.duty_page import duty_page
from triage.rules.codes import Need, Outcome, Urgency

__all__ = ["at_desk", "clock"]


@pytest.fixture
def handed_back(world, acting, clinician, now):
    """A case that the hub has handed back to Oak once."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=clinician, at=now, reference=case.reference)
    return perform(
        actions.hand_back,
        by=clinician,
        at=now,
        reference=case.reference,
        reason="Known to the practice's heart failure nurse",
    )


def again(clinician, case, at, **wish):
    perform(actions.claim, by=clinician, at=at, reference=case.reference)
    return perform(
        actions.hand_back,
        by=clinician,
        at=at,
        reference=case.reference,
        reason="Still theirs",
        **wish,
    )


def refused_once(world, acting, case, at):
    perform(
        actions.refuse_back,
        by=acting(world, "duty"),
        at=at,
        reference=case.reference,
        reason="The nurse is on leave",
    )


def test_the_hub_owns_the_case_until_the_practice_accepts(handed_back, world, acting, now):
    before = (handed_back.state, handed_back.bounces)

    after = perform(
        actions.accept_back,
        by=acting(world, "duty"),
        at=now,
        reference=handed_back.reference,
        note="Nurse calls at 2pm",
    )

    assert before == ("handed_back", 1)
    assert (after.state, after.claimed_by_id) == ("claimed", world.clinicians["duty"].pk)
    assert after.lease_until == after.due_at
    with everywhere(because="the test looks", at=now):
        assert not CaseOutcome.objects.exists()


def test_who_accepted_has_it_until_it_ends_by_an_outcome(handed_back, world, acting, at_desk, now):
    duty = acting(world, "duty")
    wish = {"by": duty, "at": now, "reference": handed_back.reference}
    perform(actions.accept_back, note="I ring at 2pm", **wish)
    later = handed_back.due_at - timedelta(minutes=1)

    with pytest.raises(Conflict, match="A colleague is already looking after this case"):
        perform(actions.claim, by=acting(world, "clinician"), at=later, reference=wish["reference"])
    unfinished = text_of(at_desk("receptionist", at=later).get("/triage/all-clear/"))
    perform(actions.heartbeat, **wish)
    ended = actions.OutcomeWish(
        Outcome.BOOKED_PRACTICE,
        safety_net="Ring if worse",
        record_viewed="practice_record",
        contact=SPOKE,
    )
    closed = perform(actions.close, wish=ended, **(wish | {"at": later}))

    assert "Not clear: 1 patient to see to" in unfinished
    assert closed.state == "closed"


def test_an_accepted_case_past_its_time_calls_for_help(handed_back, world, acting, now):
    duty = acting(world, "duty")
    wish = {"by": duty, "at": now, "reference": handed_back.reference, "note": "I ring at 2pm"}
    perform(actions.accept_back, **wish)
    late = handed_back.due_at

    with opened(duty.reach, at=late):
        calls = duty_page(by=duty, at=late).calls

    assert [row.reference for row in calls] == [handed_back.reference]


def test_the_hubs_supervising_gp_may_accept_and_has_it_then(handed_back, world, acting, now):
    kept = perform(
        actions.accept_back,
        by=acting(world, "supervisor"),
        at=now,
        reference=handed_back.reference,
        note="I see him at noon",
    )

    assert (kept.state, kept.claimed_by_id) == ("claimed", world.clinicians["supervisor"].pk)


def test_the_supervisor_is_offered_to_accept_and_not_to_refuse_for_the_practice(
    handed_back, at_desk
):
    listed = text_of(at_desk("supervisor").get("/triage/supervising/"))
    said = text_of(at_desk("supervisor").get(address(handed_back)))

    assert "Handed back, not accepted yet (1)" in listed
    assert "Nguyễn, Tâm" in listed
    assert "until the practice or you accept" in said
    assert "The practice cannot take it" not in said


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("clinician", Outcome.BOOKED_HUB),
        ("clinician", Outcome.BOOKED_PRACTICE),
        ("duty", Outcome.BOOKED_HUB),
    ],
)
def test_nobody_is_recorded_as_seen_who_had_no_appointment(world, acting, now, who, outcome):
    by = acting(world, who)
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=by, at=now, reference=case.reference)
    wish = actions.OutcomeWish(outcome, safety_net="Ring", record_viewed="summary", contact=SPOKE)

    with pytest.raises(Refused, match="This case has no appointment") as refusal:
        perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)

    assert (refusal.value.code, refusal.value.field) == ("not_seen", "outcome")


def test_a_second_bounce_without_a_name_is_refused(handed_back, world, acting, clinician, now):
    refused_once(world, acting, handed_back, now)

    with pytest.raises(Refused, match="Name the clinician who takes it") as refusal:
        again(clinician, handed_back, now)

    assert refusal.value.field == "to_clinician"


def test_a_second_bounce_to_a_named_clinician_stands_on_the_case(
    handed_back, world, acting, clinician, now
):
    refused_once(world, acting, handed_back, now)
    named = world.clinicians["gp_oak"].pk

    again(clinician, handed_back, now, to_clinician_id=named)

    with everywhere(because="the test looks", at=now):
        found = Case.objects.get(reference=handed_back.reference)
    assert (found.state, found.bounces, found.handed_to_id) == ("handed_back", 2, named)


def test_another_practices_clinician_cannot_be_named(handed_back, world, acting, clinician, now):
    refused_once(world, acting, handed_back, now)

    with pytest.raises(Refused, match="Name the clinician"):
        again(clinician, handed_back, now, to_clinician_id=world.clinicians["gp_elm"].pk)


def test_only_the_practices_duty_clinician_answers(handed_back, world, clinician, now):
    with pytest.raises(Forbidden):
        perform(
            actions.accept_back,
            by=clinician,
            at=now,
            reference=handed_back.reference,
            note="",
        )


@pytest.mark.parametrize("reason", ["", " ", "."])
def test_a_refusal_says_why(handed_back, world, acting, now, reason):
    with pytest.raises(Refused, match="Enter why the practice cannot take this"):
        perform(
            actions.refuse_back,
            by=acting(world, "duty"),
            at=now,
            reference=handed_back.reference,
            reason=reason,
        )


@pytest.mark.parametrize("note", ["", " . "])
def test_a_practice_that_accepts_says_who_and_by_when(handed_back, world, acting, now, note):
    with pytest.raises(Refused, match="Enter who takes this, and by when") as refusal:
        perform(
            actions.accept_back,
            by=acting(world, "duty"),
            at=now,
            reference=handed_back.reference,
            note=note,
        )

    assert refusal.value.field == "note"


def test_who_takes_it_is_kept_in_the_history(handed_back, world, acting, now):
    perform(
        actions.accept_back,
        by=acting(world, "duty"),
        at=now,
        reference=handed_back.reference,
        note="Nurse calls at 2pm",
    )

    with everywhere(because="the test looks", at=now):
        line = CaseStep.objects.select_related("note").get(case=handed_back, step="accept_back")
    assert line.note.text == "Nurse calls at 2pm"


@pytest.fixture
def raised(world, acting, clinician, now):
    """`raised(by, P1)` is a case of that class, said by that person, that the hub has claimed."""

    def case(by, urgency):
        made = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
        perform(actions.claim, by=clinician, at=now, reference=made.reference)
        return perform(
            actions.change_class,
            by=acting(world, by),
            at=now,
            reference=made.reference,
            urgency=urgency,
            reason="Sounds ill",
        )

    return case


def bounce(case, clinician, at):
    perform(actions.claim, by=clinician, at=at, reference=case.reference)
    return perform(
        actions.hand_back, by=clinician, at=at, reference=case.reference, reason="Known to them"
    )


def test_a_p1_nobody_has_signed_is_not_handed_back(raised, clinician, now):
    with pytest.raises(Refused, match="Sign the class before you hand this back"):
        bounce(raised("receptionist", Urgency.P1), clinician, now)


def test_a_signed_p1_may_be_handed_back(raised, clinician, now):
    back = bounce(raised("clinician", Urgency.P1), clinician, now)

    assert back.state == "handed_back"


@pytest.mark.parametrize("by", ["receptionist", "clinician"])
def test_an_emergency_is_not_handed_back(raised, clinician, now, by):
    with pytest.raises(Refused, match="An emergency is not handed back"):
        bounce(raised(by, Urgency.P0), clinician, now)


def test_who_accepted_it_for_hours_has_a_quarter_of_one_once_it_is_worse(
    handed_back, world, acting, now
):
    duty = acting(world, "duty")
    wish = {"by": duty, "reference": handed_back.reference}
    perform(actions.accept_back, note="I ring at 2pm", at=now, **wish)
    later = now + timedelta(minutes=30)

    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=later, words="Cannot breathe, worse")

    with everywhere(because="the test looks", at=later):
        kept = Case.objects.get(reference=handed_back.reference)
    assert (kept.state, kept.lease_until) == ("claimed", later + timedelta(minutes=15))
