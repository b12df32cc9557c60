"""What becomes an emergency while somebody has it, or once it is booked, is on every screen."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.flagging import tick_flag
from triage.models import Case
from triage.queries.emergencies import alarms
from triage.rules.codes import Need, Urgency

__all__ = ["at_desk", "clock"]


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


@pytest.fixture
def flag(world, acting):
    def ticked(case, at):
        by = acting(world, "receptionist")
        return perform(tick_flag, by=by, at=at, reference=case.reference, code="heart_attack")

    return ticked


def seen_by(world, acting, name, at):
    by = acting(world, name)
    with opened(by.reach, at=at):
        return [(one.reference, one.holder) for one in alarms(by=by, at=at).cases]


@pytest.fixture
def held(world, acting, case, now):
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    return case


@pytest.mark.parametrize("name", ["clinician", "supervisor", "duty"])
def test_everybody_reads_that_what_a_colleague_has_is_an_emergency_now(
    world, acting, held, flag, now, name
):
    later = now + timedelta(minutes=3)
    before = seen_by(world, acting, name, later)

    flag(held, later)

    assert before == []
    assert seen_by(world, acting, name, later) == [(held.reference, "Clinician")]


def test_the_banner_says_who_has_it(held, flag, now, at_desk):
    flag(held, now + timedelta(minutes=3))

    page = text_of(at_desk("supervisor", now + timedelta(minutes=4)).get("/triage/queue/"))

    assert "P0: became an emergency while Clinician had it, Oak Surgery" in page


@pytest.mark.parametrize("how", ["signs", "takes it anew"])
def test_who_has_it_ends_the_banner_by_acting_on_it(world, acting, held, flag, now, how):
    flag(held, now + timedelta(minutes=3))
    by, at = acting(world, "clinician"), now + timedelta(minutes=4)

    if how == "signs":
        wish = {"urgency": Urgency.P0, "reason": "Chest pain"}
        perform(actions.change_class, by=by, at=at, reference=held.reference, **wish)
    else:
        perform(actions.claim, by=by, at=at, reference=held.reference)

    assert seen_by(world, acting, "supervisor", at) == []


def test_keeping_the_case_on_screen_is_no_answer(world, acting, held, flag, now):
    flag(held, now + timedelta(minutes=3))
    by, at = acting(world, "clinician"), now + timedelta(minutes=4)

    perform(actions.heartbeat, by=by, at=at, reference=held.reference)

    assert seen_by(world, acting, "supervisor", at) == [(held.reference, "Clinician")]


def test_a_flag_on_a_booked_case_brings_it_back_to_a_clinician(world, acting, case, flag, now):
    slot = world.slots("gp_oak")[-1]
    by = acting(world, "receptionist")
    perform(actions.book, by=by, at=now, reference=case.reference, slot_id=slot.pk)

    flag(case, now)

    with everywhere(because="the test looks", at=now):
        kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.booking_id is not None) == ("waiting", True)
    assert seen_by(world, acting, "clinician", now) == [(case.reference, "")]


def test_who_has_it_for_hours_has_a_quarter_of_one_once_it_is_an_emergency(held, flag, now):
    with everywhere(because="the test accepts it for hours", at=now):
        Case.objects.filter(pk=held.pk).update(lease_until=now + timedelta(hours=3))
    later = now + timedelta(minutes=3)

    flag(held, later)

    with everywhere(because="the test looks", at=now):
        kept = Case.objects.get(pk=held.pk)
    assert (kept.state, kept.lease_until) == ("claimed", later + timedelta(minutes=15))
    assert kept.claimed_at == now
