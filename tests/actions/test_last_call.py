"""An hour and half an hour before a door closes, what nobody has is called for, once each."""

from datetime import timedelta

import pytest

from appointments.actions.cover import CoverWish, name_cover
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.world import SETUP
from triage import actions
from triage.models import Case, CaseStep
from triage.rules.codes import Need
from triage.tasks import sweep_before_close

__all__ = ["at_desk", "clock"]


@pytest.fixture
def day(now):
    return now.date()


@pytest.fixture
def cough(world, acting, day):
    """A P3 case of 4pm: due at the close of core hours."""
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=on(day, 16))


def codes(now):
    with everywhere(because="the test looks", at=now):
        return list(
            CaseStep.objects.filter(step="call_for_help")
            .order_by("id")
            .values_list("code", flat=True)
        )


def test_each_door_calls_once_at_each_sweep(world, cough, clock, day, now):
    made = []
    for hour, minute in (
        (17, 29),
        (17, 30),
        (17, 45),
        (18, 0),
        (18, 29),
        (18, 31),
        (19, 0),
        (19, 30),
    ):
        clock(on(day, hour, minute))
        made.append(sweep_before_close())

    assert made == [0, 1, 0, 1, 0, 0, 1, 1]
    assert codes(now) == ["practice_60", "practice_30", "hub_60", "hub_30"]
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=cough.pk).escalated == 50


def test_who_somebody_has_or_who_may_wait_is_not_called_for(world, acting, cough, clock, day, now):
    planned = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=on(day, 16))
    assert planned.urgency >= 5
    perform(
        actions.claim, by=acting(world, "clinician"), at=on(day, 17, 30), reference=cough.reference
    )
    clock(on(day, 17, 31))

    assert (sweep_before_close(), codes(now)) == (0, [])


def test_it_stands_on_the_pages_of_who_decides_and_stays_there(world, cough, clock, at_desk, day):
    early = text_of(at_desk("duty", at=on(day, 17, 15)).get("/triage/duty/"))
    duty = text_of(at_desk("duty", at=on(day, 17, 40)).get("/triage/duty/"))
    supervisor = text_of(at_desk("supervisor", at=on(day, 19, 10)).get("/triage/supervising/"))
    late = text_of(at_desk("duty", at=on(day, 18, 40)).get("/triage/duty/"))
    desk = text_of(at_desk("receptionist", at=on(day, 17, 40)).get("/triage/reception/"))

    assert "Decide before" not in early
    assert "Decide before 6:30pm (1)" in duty
    assert "Decide before 6:30pm: 1 patient whom nobody has" in duty
    assert "Decide before 8pm (1)" in supervisor
    assert "Not decided before 6:30pm: do it now (1)" in late
    assert "Decide before" not in desk


def test_a_queue_that_nobody_is_at_alarms_after_ten_minutes(world, cough, at_desk, day):
    """The hub's sessions ended at 1pm; the case came at 4pm."""
    words = "Riverside hub: nobody is at the queue, and 1 urgent case waits"

    early = text_of(at_desk("clinician", at=on(day, 16, 9)).get("/triage/queue/"))
    after = text_of(at_desk("clinician", at=on(day, 16, 10)).get("/triage/queue/"))
    _name(world, day)
    covered = text_of(at_desk("clinician", at=on(day, 16, 20)).get("/triage/queue/"))

    assert (words in early, words in after, words in covered) == (False, True, False)


def _name(world, day):
    wish = CoverWish(
        organisation_id=world.hub.pk,
        clinician_id=world.clinicians["supervisor"].pk,
        phone="07700 900222",
        starts_at=on(day, 16, 15),
        ends_at=on(day, 17),
    )
    perform(name_cover, by=SETUP, at=on(day, 16, 15) - timedelta(minutes=1), wish=wish)
