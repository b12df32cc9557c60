"""Who rests on the waiting list is not late before the day somebody looks again."""

from datetime import date, timedelta

import pytest

from practices.clock import on
from practices.doors import opened, perform
from tests.cases import submitted
from triage import actions
from triage.actions.desk import choose_way
from triage.actions.second_looks import LookWish, look_again
from triage.models import Case
from triage.queries.all_clear import practice_day
from triage.queries.hub_day import blockers_of
from triage.queries.news_due import late
from triage.rules.codes import Need, Urgency
from triage.rules.second_looks import Again

LOOK_BY = date(2026, 12, 7)


@pytest.fixture
def listed(world, acting, now):
    """Planned, due on Tuesday; the desk has put it on the list until Monday 7 December."""
    case = submitted(world, acting, "zoe", Need.FOLLOW_UP, at=now)
    way = {"reference": case.reference, "key": "waiting_list"}
    perform(choose_way, by=acting(world, "receptionist"), at=now, **way)
    return case


def owed(world, acting, at):
    """Whether the practice's day, the hub's day and the late text each still ask for something."""
    duty = acting(world, "duty")
    with opened(duty.reach, at=at):
        day = practice_day(by=duty, at=at)
        waits = blockers_of(world.hub.pk, at=at)
        return bool(day.loose), bool(waits), late(at=at).exists()


def due(case, at, by):
    with opened(by.reach, at=at):
        return Case.objects.get(pk=case.pk).due_at


def test_what_nobody_looked_at_is_answered_as_it_was_due(listed, world, acting):
    late_at = listed.due_at + timedelta(minutes=5)

    assert late_at.date() == date(2026, 12, 1)
    assert owed(world, acting, late_at) == (True, True, True)


def test_a_clinician_s_look_lets_it_rest_until_the_day_of_the_next(listed, world, acting, now):
    by, late_at = acting(world, "clinician"), listed.due_at + timedelta(minutes=5)
    wish = {"reference": listed.reference, "wish": LookWish(again=Again.WEEK)}
    perform(look_again, by=by, at=now, **wish)

    assert due(listed, now, by) == on(LOOK_BY, 18, 30)
    assert owed(world, acting, late_at) == (False, False, False)
    assert owed(world, acting, on(LOOK_BY, 18, 35)) == (True, True, True)


def test_a_clinician_lists_it_to_rest_and_a_raise_ends_that(world, acting, now):
    case = submitted(world, acting, "zoe", Need.FOLLOW_UP, at=now)
    by, which = acting(world, "duty"), {"reference": case.reference}
    perform(choose_way, by=by, at=now, key="waiting_list", **which)
    rested = due(case, now, by)
    raised = {"urgency": Urgency.P2, "reason": "Worse"}
    perform(actions.change_class, by=by, at=now, **which, **raised)

    assert rested == on(LOOK_BY, 18, 30)
    assert due(case, now, by) == now + timedelta(hours=2)


def test_a_day_without_core_hours_is_followed_by_one_that_has(listed, world, acting, now):
    friday, by = on(date(2026, 12, 4), 9, 0), acting(world, "clinician")
    wish = {"reference": listed.reference, "wish": LookWish(again=Again.TOMORROW)}
    perform(look_again, by=by, at=friday, **wish)

    assert due(listed, friday, by) == on(LOOK_BY, 18, 30)
