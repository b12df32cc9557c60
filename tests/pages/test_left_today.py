"""What is left today is one figure, at the desk, on the board and to programs; shut is said."""

from datetime import timedelta

import pytest

from appointments.queries import left_today
from networks.actions.snapshots import take_snapshot
from networks.queries import pool_of
from networks.queries.boards import board
from networks.queries.counting import count_day
from practices.clock import on
from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import text_of
from tests.world import SETUP
from triage import actions
from triage.actions.hub_day import close_hub
from triage.queries.reception import desk
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
SHUT = "Shut now, opens 8am tomorrow"


def rooms_of(world, acting, at):
    with opened(acting(world, "receptionist").reach, at=at):
        return {room.name: room for room in desk(practice_id=world.oak.pk, at=at).rooms}


def counted(world, at):
    with everywhere(because="the test looks", at=at):
        return count_day(pool_of(world.network.pk, at=at), at=at)


def figures_of(world, acting, at):
    """(hub places, own places, share left) as the desk reads them, and as the board counts."""
    rooms, figures = rooms_of(world, acting, at), counted(world, at)
    hub, own = rooms["Riverside hub"], rooms["Our practice"]
    oak = figures[world.oak.pk]
    said = (hub.places, own.places, hub.share_left)
    return said, (figures[world.hub.pk].places.free, oak.places.free, oak.share_left)


@pytest.mark.parametrize("minutes", [0, 61, 10 * 60])
def test_the_desk_and_the_board_say_the_same(world, acting, now, minutes):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot, by = world.slots("supervisor")[0], acting(world, "receptionist")
    perform(actions.hold, by=by, at=now, reference=case.reference, slot_id=slot.pk)

    said, counted_so = figures_of(world, acting, now + timedelta(minutes=minutes))

    assert said == counted_so
    assert (said[0] > 0) is (minutes < 600)
    # A share of a house that has nothing left is worth nothing.
    assert said[2] <= said[0]


def test_a_hub_that_somebody_closed_has_nothing_left_anywhere(world, acting, now):
    with everywhere(because="the test looks", at=now):
        houses = [world.hub.pk, world.oak.pk]
        before = left_today(houses, at=now)[world.hub.pk].places
    perform(close_hub, by=acting(world, "supervisor"), at=now, code="HUB1")

    said, counted_so = figures_of(world, acting, now)

    assert before > 0
    assert (said[0], said[2]) == (counted_so[0], counted_so[2]) == (0, 0)


@pytest.mark.parametrize("is_closed_early", [False, True])
def test_shut_is_said_with_when_it_opens(world, acting, at_desk, now, is_closed_early):
    at = now if is_closed_early else on(now.date(), 21)
    if is_closed_early:
        perform(close_hub, by=acting(world, "supervisor"), at=now, code="HUB1")
    perform(take_snapshot, by=SETUP, at=at, network_id=world.network.pk)

    reception = text_of(at_desk("receptionist", at).get("/triage/reception/"))
    page = text_of(at_desk("manager", at).get("/networks/board/"))

    assert f"Riverside hub : {SHUT}" in reception
    assert "of our share" not in reception
    assert SHUT in page
    assert "Full for the rest of the day" not in page


def test_an_open_hub_is_not_said_to_be_shut(world, acting, now):
    perform(take_snapshot, by=SETUP, at=now, network_id=world.network.pk)

    with opened(acting(world, "manager").reach, at=now):
        rows = board(network_id=world.network.pk, at=now).places

    assert [row.opens_at for row in rows] == [None] * len(rows)
    assert rooms_of(world, acting, now)["Riverside hub"].opens_at is None
