"""The board for programs: counts, and no patient."""

from datetime import timedelta

import pytest

from networks.actions.snapshots import take_snapshot
from practices.doors import everywhere
from tests.api.conftest import problem
from tests.api.test_cases import asking
from tests.world import SETUP


@pytest.fixture
def counted(as_, world, now):
    """A morning with one case, counted."""
    as_("receptionist").post("cases", asking(world))
    with everywhere(because="the test's set-up", at=now):
        take_snapshot(network_id=world.network.pk, by=SETUP, at=now)


def test_the_board_tells_counts_and_nobody(as_, world, counted, now):
    answer = as_("manager").get("networks/NET1/board")

    board = answer.json()
    assert answer.status_code == 200, board
    assert board["as_of"] == now.isoformat()
    assert {row["code"] for row in board["practices"]} == {"OAK1", "ELM1"}
    assert [row["code"] for row in board["hubs"]] == ["HUB1"]
    assert board["network"]["waiting"]["total"] == 1
    assert len(board["metrics"]) == 5
    for patient in world.patients.values():
        assert patient.family_name.encode() not in answer.content
        assert patient.nhs_number.encode() not in answer.content


def test_a_practice_sees_itself_and_the_hubs(as_, counted):
    board = as_("practice_manager").get("networks/NET1/board").json()

    assert [row["code"] for row in board["practices"]] == ["OAK1"]


def test_the_board_of_yesterday_is_asked_for_by_its_time(as_, counted, now):
    manager = as_("manager")

    before = manager.get("networks/NET1/board", at=(now - timedelta(hours=1)).isoformat())
    future = problem(manager.get("networks/NET1/board", at=(now + timedelta(hours=1)).isoformat()))

    assert (before.json()["as_of"], before.json()["is_stale"]) == (None, True)
    assert (future["status"], future["errors"][0]["field"]) == (400, "at")


def test_another_networks_board_is_not_there(as_, counted):
    assert as_("manager").get("networks/NET9/board").status_code == 404
    assert as_("receptionist").get("networks/NET1/board").status_code == 403
