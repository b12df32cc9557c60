"""Whatever falls to a hub that is shut, and may not wait for it, is called for at once."""

from datetime import timedelta

import pytest

from appointments.actions import OverrideWish
from appointments.queries.rota_changes import ChangeWish
from hubs.actions import shut_hub
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import SPOKE, submitted
from tests.crowded import booking_of
from tests.full_day import booked
from tests.teams import supervised
from triage import actions
from triage.actions import stepping, supervising
from triage.actions.attending import miss
from triage.actions.gone_home import go_home
from triage.actions.own_cancel import PATIENT, cancel_by_link
from triage.actions.own_links import own_link
from triage.actions.paperwork import send_to_clinician
from triage.actions.raising import raise_look
from triage.actions.rota_changes import change_session
from triage.models import CaseStep
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.second_looks import Again

SOON = timedelta(seconds=4)


class Evening:
    """The hub is open until a test shuts it; what the practice and the hub's people do there."""

    def __init__(self, world, acting):
        self.world, self.acting, self.at = world, acting, world.at

    def shut(self):
        by = self.acting(self.world, "supervisor")
        perform(shut_hub, by=by, at=self.at, hub_id=self.world.hub.pk)

    def does(self, action, who, **wish):
        return perform(action, by=self.acting(self.world, who), at=self.at, **wish)

    def waits(self, who="tam", need=Need.COUGH_BREATHING, **wish):
        return submitted(self.world, self.acting, who, need, at=self.at, **wish).reference

    def held(self, who="tam"):
        reference = self.waits(who)
        self.does(actions.claim, "clinician", reference=reference)
        return reference

    def appointment(self):
        booked(self.world, self.acting, "zoe", self.world.slots("gp_oak")[4])
        return booking_of(self.world, "zoe")


@pytest.fixture
def evening(world, acting):
    return Evening(world, acting)


def raised(evening):
    reference = evening.waits("ellen", Need.FOLLOW_UP)
    evening.shut()
    wish = {"urgency": Urgency.P1, "reason": "worse"}
    evening.does(actions.change_class, "receptionist_elm", reference=reference, **wish)


def signed_higher(evening):
    reference = evening.waits("ellen", Need.FOLLOW_UP)
    evening.shut()
    wish = {"urgency": Urgency.P2, "reason": "worse"}
    evening.does(actions.change_class, "gp_elm", reference=reference, **wish)


def _closed(evening, who, need):
    reference = evening.waits(who, need)
    evening.does(actions.claim, "clinician", reference=reference)
    wish = actions.OutcomeWish(
        Outcome.ADVICE,
        safety_net="Ring if worse",
        record_viewed="summary",
        contact=SPOKE,
        again=Again.TOMORROW,
    )
    evening.does(actions.close, "clinician", reference=reference, wish=wish)
    return reference


def looked_at_again(evening):
    reference = _closed(evening, "ellen", Need.FOLLOW_UP)
    evening.shut()
    wish = {"urgency": Urgency.P2, "reason": "worse"}
    evening.does(raise_look, "clinician", reference=reference, **wish)


def reopened(evening):
    reference = _closed(evening, "tam", Need.COUGH_BREATHING)
    evening.shut()
    evening.does(actions.reopen, "supervisor", reference=reference, reason="closed too early")


def released(evening):
    reference = evening.held()
    evening.shut()
    evening.does(actions.release, "clinician", reference=reference)


def left_by_the_supervisor(evening):
    supervised(evening.world, "clinician")
    evening.held()
    evening.shut()
    evening.does(supervising.leave_supervision, "supervisor")


def refused_by_the_practice(evening):
    reference = evening.held()
    evening.does(actions.hand_back, "clinician", reference=reference, reason="known to you")
    evening.shut()
    evening.does(actions.refuse_back, "duty", reference=reference, reason="nobody is here")


def sent_on_by_the_desk(evening):
    reference = evening.waits("zoe", Need.ADMIN, words="Sick note")
    evening.shut()
    wish = {"reference": reference, "reason": "out of insulin"}
    case = evening.does(send_to_clinician, "receptionist", **wish)
    if not case.escalated:
        raised = {"urgency": Urgency.P3, "reason": "out of insulin"}
        evening.does(actions.change_class, "receptionist", reference=reference, **raised)


def cancelled_at_the_desk(evening):
    booking = evening.appointment()
    evening.shut()
    wish = {"public_id": str(booking.public_id), "because": "patient_cancelled"}
    evening.does(actions.cancel_booking, "receptionist", **wish)


def cancelled_by_the_patient(evening):
    booking = evening.appointment()
    evening.shut()
    wish = {"link": own_link(booking.public_id), "born_on": evening.world.patients["zoe"].born_on}
    perform(cancel_by_link, by=PATIENT, at=evening.at, **wish)


def missed(evening):
    booking = evening.appointment()
    evening.shut()
    evening.at = booking.ends_at
    evening.does(miss, "receptionist", public_id=str(booking.public_id))


def session_changed(evening):
    evening.appointment()
    evening.shut()
    wish = ChangeWish(is_cancelled=True, reason="no room")
    wished = {
        "session_id": evening.world.sessions["gp_oak"].pk,
        "wish": wish,
        "override": OverrideWish("service_failure", "burst pipe"),
    }
    evening.does(change_session, "practice_manager", **wished)


def clinician_gone_home(evening):
    booking = evening.appointment()
    evening.shut()
    wish = {"clinician_id": booking.clinician_id, "from_at": evening.at, "reason": "unwell"}
    evening.does(go_home, "receptionist", **wish)


WAYS = [
    raised,
    signed_higher,
    looked_at_again,
    reopened,
    released,
    left_by_the_supervisor,
    refused_by_the_practice,
    sent_on_by_the_desk,
    cancelled_at_the_desk,
    cancelled_by_the_patient,
    missed,
    session_changed,
    clinician_gone_home,
]


def calls(evening):
    with everywhere(because="the test looks", at=evening.at):
        found = CaseStep.objects.filter(step="call_for_help").select_related("case")
        return [(one.code, one.case.state, one.case.escalated) for one in found]


@pytest.mark.parametrize("way", WAYS)
def test_the_duty_clinician_is_called_at_once(evening, way):
    way(evening)

    assert calls(evening) == [("shut", "waiting", 50)]


@pytest.mark.parametrize("way", [raised, cancelled_at_the_desk])
def test_an_open_hub_calls_nobody(evening, monkeypatch, way):
    monkeypatch.setattr(Evening, "shut", lambda self: None)

    way(evening)

    assert calls(evening) == []


# A supervisor who leaves calls by themselves, whether the hub reads or not.
ASKED = [way for way in WAYS if way is not left_by_the_supervisor]


@pytest.mark.parametrize("way", ASKED)
def test_without_the_question_nobody_is_called(evening, monkeypatch, way):
    monkeypatch.setattr(stepping, "asks_anew", lambda step, *, is_raised: False)

    way(evening)

    assert calls(evening) == []


def test_what_may_wait_is_read_when_the_hub_opens(evening):
    reference = _closed(evening, "ellen", Need.FOLLOW_UP)
    evening.shut()

    evening.does(actions.reopen, "supervisor", reference=reference, reason="closed too early")

    assert calls(evening) == []


def test_what_a_clinician_has_is_called_for_by_nobody(evening):
    reference = evening.held("ellen")
    evening.shut()

    wish = {"urgency": Urgency.P1, "reason": "worse"}
    evening.does(actions.change_class, "receptionist_elm", reference=reference, **wish)

    assert calls(evening) == []


def test_who_let_go_by_mistake_takes_it_back(evening):
    reference = evening.held()
    evening.shut()
    case = evening.does(actions.release, "clinician", reference=reference)
    evening.at += SOON

    wish = {"reference": reference, "version": case.version}
    back = evening.does(actions.undo_step, "clinician", **wish)

    assert (back.state, back.claimed_by_id) == (
        "claimed",
        evening.world.clinicians["clinician"].pk,
    )


def test_a_practice_that_left_the_hub_still_asks_it(evening):
    reference = evening.held()
    evening.does(actions.hand_back, "clinician", reference=reference, reason="known to you")
    evening.shut()
    with everywhere(because="the test's set-up", at=evening.at):
        evening.world.oak.agreements.update(until_on=on(evening.at.date(), 0).date())

    evening.does(actions.refuse_back, "duty", reference=reference, reason="nobody is here")

    assert calls(evening) == [("shut", "waiting", 50)]
