"""Who needs a supervisor and has none takes no case, and nobody books them, until one is there."""

import pytest

from practices.doors import opened, perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import unsupervised
from triage import actions
from triage.actions import supervising
from triage.actions.taking import take_my_next
from triage.queries.last_call import UNWATCHED_AFTER, unwatched
from triage.queries.options import options
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
NAMED = "Nobody is named as your supervisor"


@pytest.fixture
def alone(world):
    unsupervised(world, "clinician")
    return world.clinicians["clinician"]


def _taken_over(world, acting, alone, now):
    supervisor = acting(world, "supervisor")
    return perform(supervising.take_over, by=supervisor, at=now, clinician_id=alone.pk)


def test_who_has_no_supervisor_takes_no_case_until_one_takes_them_over(world, acting, alone, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    me = acting(world, "clinician")

    with pytest.raises(Conflict, match=NAMED):
        perform(actions.claim, by=me, at=now, reference=case.reference)
    with pytest.raises(Conflict, match=NAMED):
        perform(take_my_next, by=me, at=now)
    _taken_over(world, acting, alone, now)

    taken = perform(actions.claim, by=me, at=now, reference=case.reference)
    assert taken.claimed_by_id == alone.pk


def test_what_nobody_supervised_may_take_another_takes_at_once(world, acting, alone, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    taken = perform(actions.claim, by=acting(world, "duty"), at=now, reference=case.reference)

    assert taken.state == "claimed"


def test_their_places_are_nobodys_until_then(world, acting, alone, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, slot = acting(world, "receptionist"), world.slots("clinician")[2]
    wish = {"reference": case.reference, "slot_id": slot.pk}

    with opened(desk.reach, at=now):
        refused = options(case.reference, at=now).refused
    with pytest.raises(Refused) as refusal:
        perform(actions.hold, by=desk, at=now, **wish)
    _taken_over(world, acting, alone, now)

    codes = {one.code for one in refused if one.candidate.key == f"slot-{slot.pk}"}
    assert (codes, refusal.value.code) == ({"supervision"}, "supervision")
    assert perform(actions.hold, by=desk, at=now, **wish).state == "held"


def test_a_hold_from_before_is_not_booked(world, acting, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("clinician")[2].pk}
    perform(actions.hold, by=acting(world, "receptionist"), at=now, **wish)
    unsupervised(world, "clinician")

    with pytest.raises(Conflict, match="Nobody is named as the supervisor"):
        perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)


def test_a_queue_with_nobody_but_them_is_a_queue_that_nobody_is_at(world, acting, now):
    start = world.slots("clinician")[0].starts_at
    submitted(world, acting, "tam", Need.COUGH_BREATHING, at=start)
    by, later = acting(world, "duty"), start + UNWATCHED_AFTER
    with opened(by.reach, at=later):
        before = unwatched(by=by, at=later)
    unsupervised(world, "clinician")
    perform(supervising.leave_supervision, by=acting(world, "supervisor"), at=start)

    with opened(by.reach, at=later):
        alone = unwatched(by=by, at=later)
    assert (before, [one.cases for one in alone]) == ((), [1])


def test_both_read_what_to_do(world, alone, at_desk):
    queue = text_of(at_desk("clinician").get("/triage/queue/"))
    page = text_of(at_desk("supervisor").get("/triage/supervising/"))

    assert NAMED in queue
    assert "Clinician: nobody is named to supervise them" in page
    assert "I supervise them now" in page
