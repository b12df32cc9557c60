"""While the supervisor is away somebody knows of the urgent cases; what waited is given back."""

from datetime import timedelta

import pytest

from practices.clock import on
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict
from tests.cases import submitted
from tests.teams import supervised
from triage import actions
from triage.actions import asking, supervising
from triage.actions.stepping import LEASE
from triage.models import Case, CaseStep
from triage.queries.last_call import unwatched
from triage.rules.codes import Need, Urgency

SOON, SECONDS = timedelta(minutes=5), timedelta(seconds=20)


@pytest.fixture
def team(world, acting):
    supervised(world, "clinician", "physio")
    return acting(world, "supervisor")


@pytest.fixture
def held(world, acting, team, now):
    """The nurse has an urgent case in hand."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now, raised_to=Urgency.P1)
    return perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)


def leaves(by, at):
    return perform(supervising.leave_supervision, by=by, at=at)


def is_back(by, at):
    return perform(supervising.come_back, by=by, at=at)


def read(case, at):
    with everywhere(because="the test looks", at=at):
        return Case.objects.get(pk=case.pk)


def calls(case, at):
    with everywhere(because="the test looks", at=at):
        found = CaseStep.objects.filter(case=case, step="call_for_help").order_by("pk")
        return list(found.values_list("code", flat=True))


def test_the_duty_clinician_is_called_for_what_is_urgent(held, team, now):
    leaves(team, now)

    assert (calls(held, now), read(held, now).escalated) == (["supervisor_left"], 50)


def test_what_is_not_urgent_waits_in_its_place(world, acting, team, now):
    case = submitted(world, acting, "zoe", Need.FOLLOW_UP, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)

    leaves(team, now)

    assert (calls(case, now), read(case, now).state) == ([], "waiting")


def test_who_comes_back_gives_back_what_waited(held, world, team, now):
    leaves(team, now)
    is_back(team, now + SOON)

    case = read(held, now)
    assert (case.state, case.claimed_by_id) == ("claimed", world.clinicians["clinician"].pk)
    assert case.lease_until == now + SOON + LEASE


def test_what_somebody_took_stays_with_them(held, world, acting, team, now):
    leaves(team, now)
    perform(actions.claim, by=acting(world, "duty"), at=now, reference=held.reference)
    is_back(team, now + SOON)

    assert read(held, now).claimed_by_id == world.clinicians["duty"].pk


def test_what_somebody_put_back_is_anybodys(held, world, acting, team, now):
    leaves(team, now)
    perform(actions.claim, by=acting(world, "duty"), at=now, reference=held.reference)
    perform(actions.release, by=acting(world, "duty"), at=now, reference=held.reference)
    is_back(team, now + SOON)

    assert read(held, now).state == "waiting"


def test_after_a_lease_it_is_anybodys(held, team, now):
    leaves(team, now)
    is_back(team, now + LEASE)

    assert read(held, now).state == "waiting"


def test_a_case_the_desk_holds_a_place_for_stays_the_desks(world, acting, team, now):
    case, hold = _held_at_the_desk(world, acting, team, now)
    is_back(team, now + SECONDS)

    wish = {"reference": case.reference, "hold_id": str(hold.public_id)}
    booked = perform(actions.book, by=acting(world, "receptionist"), at=now + SECONDS * 2, **wish)

    assert booked.state == "booked"


def test_a_hold_that_ran_out_keeps_nothing_back(world, acting, team, now):
    case, hold = _held_at_the_desk(world, acting, team, now)
    is_back(team, hold.expires_at)

    assert read(case, now).state == "claimed"


def _held_at_the_desk(world, acting, team, now):
    """The nurse had the case, the supervisor left, and the desk keeps a place for it."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    leaves(team, now)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[3].pk}
    return case, perform(actions.hold, by=acting(world, "receptionist"), at=now, **wish)


@pytest.mark.parametrize("guarded", [True, False])
def test_nobody_leaves_a_question_behind(held, world, acting, team, now, monkeypatch, guarded):
    wish = {"reference": held.reference, "question": "Send to hospital?"}
    perform(asking.ask_supervisor, by=acting(world, "clinician"), at=now, **wish)
    if not guarded:
        monkeypatch.setattr(supervising, "_check_answered", lambda hub_id, *, at: None)
        assert leaves(team, now).cases == 1
        return

    with pytest.raises(Conflict, match="Clinician waits for an answer about case"):
        leaves(team, now)
    answer = {"reference": held.reference, "reply": "Yes, now"}
    perform(asking.answer_question, by=team, at=now, **answer)

    assert leaves(team, now).cases == 1


def test_a_queue_whose_people_may_take_nobody_alarms(held, world, acting, team, now):
    noon = on(now.date(), 12)
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=noon - SOON * 3, raised_to=Urgency.P1)
    watched = _alarms(team, noon)
    leaves(team, noon - SOON * 2)

    assert (watched, _alarms(team, noon)) == (0, 1)
    is_back(team, noon)
    assert _alarms(team, noon) == 0


def _alarms(by, at):
    with everywhere(because="the test looks", at=at):
        return len(unwatched(by=by, at=at))
