"""A case goes back to its practice only when the practice says yes, and not twice to nobody."""

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import Forbidden, Refused
from tests.cases import submitted
from triage import actions
from triage.models import Case, CaseOutcome
from triage.rules.codes import Need, Urgency


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


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
    assert after.state == "closed"


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


def test_who_takes_it_is_kept_with_the_outcome(handed_back, world, acting, now):
    perform(
        actions.accept_back,
        by=acting(world, "duty"),
        at=now,
        reference=handed_back.reference,
        note="Nurse calls at 2pm",
    )

    with everywhere(because="the test looks", at=now):
        ended = CaseOutcome.objects.select_related("note").get(case=handed_back)
    assert ended.note.text == "Nurse calls at 2pm"


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
