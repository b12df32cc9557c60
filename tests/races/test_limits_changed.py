"""Two managers change one limit at once: one limit stands, and the other reads it first."""

import pytest

from practices.actions import safe_limits, set_practice_limit
from practices.clock import local_day
from practices.doors import everywhere, perform
from practices.models import Membership, User, WorkingLimit
from practices.queries.limit_book import limits_aimed, mark_of
from practices.rules.limit_wishes import LimitWish
from practices.rules.limits import Layer
from practices.rules.roles import Role
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, won
from tests.world import LONG_AGO

pytestmark = pytest.mark.race
WISHES = (200, 300)
LOOK = [(safe_limits, "check_seen")]


def _a_second_manager(world):
    role = {"role": Role.PRACTICE_MANAGER, "organisation_id": world.oak.pk}
    with everywhere(because="the test's set-up", at=world.at):
        user = User.objects.create(username="second_manager", name="Second Manager")
        Membership.objects.create(user=user, from_on=LONG_AGO, **role)
    world.users["second_manager"] = user


def _standing(world):
    with everywhere(because="the test looks", at=world.at):
        found = WorkingLimit.objects.filter(layer="practice", organisation_id=world.oak.pk)
        return sorted(found.filter(until_on=None).values_list("points", flat=True))


def _race(world, acting):
    """Both have read the page while no limit was set."""
    _a_second_manager(world)
    today = local_day(world.at)
    whose = {"organisation_id": world.oak.pk, "on": today}
    with everywhere(because="both have looked", at=world.at):
        seen = mark_of(limits_aimed(Layer.PRACTICE, **whose))
    managers = [acting(world, name) for name in ("practice_manager", "second_manager")]

    def change(index):
        wish = LimitWish(WISHES[index], today, "a vacancy", "the partners’ meeting", seen=seen)
        return perform(set_practice_limit, by=managers[index], at=world.at, wish=wish)

    return at_once(len(WISHES), change)


def test_one_limit_stands_and_the_other_manager_reads_it(committed_world, acting, meet):
    meet(2, IN_VAIN, after=LOOK)

    answers = _race(committed_world, acting)

    assert (won(answers), codes(answers)) == (1, {"stale"})
    winner = next(one for one in answers if isinstance(one, WorkingLimit))
    assert _standing(committed_world) == [winner.points]


def test_control_without_taking_turns_two_limits_stand(committed_world, acting, meet, monkeypatch):
    monkeypatch.setattr(safe_limits, "_wait_in_turn", lambda aim: None)
    meet(2, UNTIL_ALL, after=LOOK)

    answers = _race(committed_world, acting)

    assert won(answers) == 2
    assert _standing(committed_world) == list(WISHES)
