"""A desk does nothing that a clinician alone does, and promises nothing for whom one has."""

import pytest

from practices.doors import perform
from practices.rules.refusals import Forbidden, Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.desk import choose_way
from triage.actions.paper_entry import Line, enter_outcome
from triage.actions.recording import write_in_record
from triage.rules.codes import Need, Outcome, Urgency

ENDS = actions.OutcomeWish(
    Outcome.DENTAL, safety_net="Ring if worse", record_viewed="summary", contact=SPOKE
)


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


@pytest.fixture
def does(world, acting, now):
    """`does(action, "clinician", …)` is that person of the world doing so."""

    def done(action, who, **wish):
        return perform(action, by=acting(world, who), at=now, **wish)

    return done


def test_a_desk_takes_no_case(case, does):
    with pytest.raises(Forbidden, match="Only a clinician can take a case"):
        does(actions.claim, "receptionist", reference=case.reference)


def test_a_desk_acknowledges_no_emergency(does):
    call = does(actions.raise_emergency, "receptionist", phone="07700 900123", where="Desk")

    with pytest.raises(Forbidden, match="Only a clinician can acknowledge"):
        does(actions.acknowledge_emergency, "receptionist", reference=call.reference)


def test_a_desk_says_of_no_end_that_it_is_in_the_record(case, does):
    does(actions.claim, "clinician", reference=case.reference)
    does(actions.close, "clinician", reference=case.reference, wish=ENDS)

    with pytest.raises(Forbidden, match="Only a clinician says that it is in the record"):
        does(write_in_record, "receptionist", reference=case.reference)


def test_a_desk_types_in_no_end_from_paper(case, does, now):
    wish = {"line": Line("K7M3QX", now), "wish": ENDS, "written": "Pharmacy"}

    with pytest.raises(Forbidden, match="Only a clinician enters how a case ended"):
        does(enter_outcome, "receptionist", reference=case.reference, **wish)


@pytest.mark.parametrize("who", ["receptionist", "clinician", "supervisor"])
def test_only_the_practices_duty_clinician_says_no_to_a_hand_back(who, case, does):
    does(actions.claim, "clinician", reference=case.reference)
    does(actions.hand_back, "clinician", reference=case.reference, reason="Known to you")

    with pytest.raises(Forbidden, match="Only the practice's duty clinician can answer"):
        does(actions.refuse_back, who, reference=case.reference, reason="Full")


def test_what_nobody_signed_is_not_taken_by_who_may_not_sign(world, acting, does, now):
    back = submitted(world, acting, "zoe", Need.BACK_JOINT, at=now)

    with pytest.raises(Refused, match="waits for somebody who may sign its class"):
        does(actions.claim, "physio", reference=back.reference)


def test_the_duty_clinician_is_not_called_for_whom_somebody_has(case, does):
    does(actions.claim, "clinician", reference=case.reference)

    with pytest.raises(Refused, match="A clinician is looking after this case now"):
        does(choose_way, "receptionist", reference=case.reference, key="duty")


def test_no_way_is_promised_for_who_is_booked(case, does, world):
    slot = world.slots("clinician")[0]
    signed = {"urgency": Urgency.P3, "reason": "seen"}
    does(actions.change_class, "clinician", reference=case.reference, **signed)
    does(actions.book, "clinician", reference=case.reference, slot_id=slot.pk)

    with pytest.raises(Refused, match="This case is booked now"):
        does(choose_way, "receptionist", reference=case.reference, key="duty")
