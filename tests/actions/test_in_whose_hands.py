"""What only the clinician does who has the case now: nobody else, and not after the lease."""

import pytest

from practices.doors import perform
from practices.rules.refusals import Conflict
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.asking import ask_supervisor
from triage.actions.offering import offer
from triage.actions.placing import let_go
from triage.actions.stepping import LEASE
from triage.rules.codes import Need, Outcome

ENDS = actions.OutcomeWish(
    Outcome.ADVICE, safety_net="Ring if worse", record_viewed="summary", contact=SPOKE
)
MINE_ALONE = {
    "release": (actions.release, {}),
    "heartbeat": (actions.heartbeat, {}),
    "close": (actions.close, {"wish": ENDS}),
    "hand_back": (actions.hand_back, {"reason": "Known to their nurse"}),
    "keep_booking": (actions.keep_booking, {}),
    "ask": (ask_supervisor, {"question": "May I?"}),
    "offer": (offer, {"to_clinician_id": None}),
    "hold": (let_go, {}),
}


@pytest.fixture
def case(world, acting, now):
    """With the clinician, and with an appointment: the patient called again."""
    wish = {"at": now, "red_flags_asked": True}
    made = submitted(world, acting, "zoe", Need.SORE_THROAT, **wish)
    slot = world.slots("gp_oak")[0]
    desk = {"by": acting(world, "receptionist"), "at": now, "reference": made.reference}
    perform(actions.book, slot_id=slot.pk, **desk)
    submitted(world, acting, "zoe", Need.SORE_THROAT, words="Worse today", **wish)
    return perform(actions.claim, by=acting(world, "clinician"), at=now, reference=made.reference)


@pytest.mark.parametrize("what", MINE_ALONE)
def test_a_colleague_does_nothing_with_what_i_have(what, case, world, acting, now):
    action, wish = MINE_ALONE[what]

    with pytest.raises(Conflict, match="not with you"):
        perform(action, by=acting(world, "supervisor"), at=now, reference=case.reference, **wish)


@pytest.mark.parametrize("what", MINE_ALONE)
def test_once_my_lease_has_run_out_i_do_nothing_either(what, case, world, acting, now):
    action, wish = MINE_ALONE[what]

    with pytest.raises(Conflict, match="ran out. Claim it again"):
        perform(
            action,
            by=acting(world, "clinician"),
            at=now + LEASE,
            reference=case.reference,
            **wish,
        )
