"""An emergency does not end with advice: somebody took over, saw the patient, or it is none."""

import pytest

from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.refusals import Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.rules.callers import Authority, Caller, Relation
from triage.rules.codes import Need, Outcome, Urgency


@pytest.fixture
def emergency(world, acting, now):
    case = submitted(
        world, acting, "zoe", Need.OTHER, at=now, red_flags=("heart_attack",), red_flags_asked=True
    )
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    return case


def closed(world, acting, case, outcome, at, **wish):
    said = actions.OutcomeWish(
        outcome, safety_net="ok", record_viewed="summary", contact=SPOKE, **wish
    )
    by = acting(world, "clinician")
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=said)


@pytest.mark.parametrize("outcome", [Outcome.ADVICE, Outcome.PHARMACY, Outcome.TEST_ORDERED])
def test_it_is_not_closed_without_somebody_who_has_the_patient(
    world, acting, emergency, now, outcome
):
    with pytest.raises(Refused, match="An emergency ends with who took over"):
        closed(world, acting, emergency, outcome, now)


def test_who_thinks_it_is_none_signs_another_class_first(world, acting, emergency, now):
    wish = {"urgency": Urgency.P3, "reason": "A pulled muscle, spoke with her"}
    by = acting(world, "clinician")
    perform(actions.change_class, by=by, at=now, reference=emergency.reference, **wish)

    assert closed(world, acting, emergency, Outcome.ADVICE, now).state == "closed"


def test_who_took_over_ends_it(world, acting, emergency, now):
    wish = {"taken_by": "Crew 12, 9:40am"}

    assert closed(world, acting, emergency, Outcome.AMBULANCE, now, **wish).state == "closed"


@pytest.mark.parametrize("authority", [Authority.NONE, Authority.PARENTAL])
def test_what_a_caller_without_a_right_may_not_hear_waits_for_a_call(world, acting, now, authority):
    caller = Caller("Ann Lee", Relation.FRIEND, authority, now.date())
    case = submitted(
        world, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True, caller=caller
    )
    slot, by = world.slots("gp_oak")[-1], acting(world, "receptionist")

    perform(actions.book, by=by, at=now, reference=case.reference, slot_id=slot.pk)

    with everywhere(because="the test looks", at=now):
        confirmed = Message.objects.get(kind="confirmed")
    waits = confirmed.to_tell_since is not None or confirmed.state == "queued"
    assert waits
    assert (confirmed.state == "told") is False
