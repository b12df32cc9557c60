"""Who has left the house for good answers for no queue, whatever the rota still says."""

import pytest

from appointments.actions.cover import CoverWish, name_cover
from appointments.queries.cover import answers_now, gaps_on, queues_of
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Membership, User
from tests.world import SETUP


def deactivated(world, name):
    User.objects.filter(pk=world.users[name].pk).update(is_active=False)


def left(world, name):
    mine = Membership.objects.filter(user=world.users[name])
    mine.update(until_on=world.at.date())


def _gap_hours(world, house):
    (queue,) = queues_of((house.pk,))
    found = gaps_on(queue, world.at.date())
    return sum((one.closes_at - one.opens_at).total_seconds() / 3600 for one in found)


@pytest.mark.parametrize("gone", [deactivated, left])
def test_their_session_leaves_a_gap(world, gone):
    with everywhere(because="the test looks", at=world.at):
        before = _gap_hours(world, world.oak)
        here = answers_now(world.oak.pk, at=on(world.at.date(), 11))
        gone(world, "gp_oak")

        assert _gap_hours(world, world.oak) == before + 3
        assert (here, answers_now(world.oak.pk, at=on(world.at.date(), 11))) == (True, False)


@pytest.mark.parametrize("gone", [deactivated, left])
def test_so_does_their_name(world, gone):
    day = world.at.date()
    wish = CoverWish(
        organisation_id=world.oak.pk,
        clinician_id=world.clinicians["duty"].pk,
        phone="07700 900222",
        starts_at=on(day, 14),
        ends_at=on(day, 15),
    )
    perform(name_cover, by=SETUP, at=world.at, wish=wish)

    with everywhere(because="the test looks", at=world.at):
        named = _gap_hours(world, world.oak)
        gone(world, "duty")

        assert _gap_hours(world, world.oak) == named + 1


def test_who_is_out_of_the_system_leaves_the_hub_without_a_gp(world):
    with everywhere(because="the test looks", at=world.at):
        before = _gap_hours(world, world.hub)
        deactivated(world, "supervisor")

        assert _gap_hours(world, world.hub) == before + 3


def test_a_locum_who_never_had_a_post_there_answers(world):
    with everywhere(because="the test looks", at=world.at):
        before = _gap_hours(world, world.oak)
        Membership.objects.filter(user=world.users["gp_oak"]).delete()

        assert _gap_hours(world, world.oak) == before
