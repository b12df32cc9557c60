"""A run of the rebalancer as programs see it, and the practice deciding."""

import pytest

from networks.tasks import rebalance
from practices.doors import everywhere
from tests.api.conftest import problem
from tests.full_day import overfill
from triage.models import RebalanceRun


@pytest.fixture
def run(as_, world, acting, now):
    """A run that somebody asked for and a worker did."""
    overfill(world, acting)
    answer = as_("manager").post("networks/NET1/rebalance", {"day": "2026-11-30", "apply": "none"})
    assert answer.status_code == 202, answer.json()
    with everywhere(because="the test looks", at=now):
        run_id = RebalanceRun.objects.get(public_id=answer.json()["id"]).pk
    rebalance(run_id=run_id, network_id=world.network.pk)
    return answer.json()


def test_a_run_is_queued_and_then_done_with_its_certificate(as_, run):
    found = as_("manager").get(f"rebalance-runs/{run['run']}").json()

    assert (run["status"], run["objective"]) == ("queued", {"before": None, "after": None})
    assert (found["status"], found["proved_optimal"], found["bound"]) == ("done", True, 0)
    assert (found["objective"], found["moves"]) == ({"before": 1.0, "after": 0.0}, 1)
    assert found["proposals"] == []


def test_the_practice_sees_the_proposal_accepts_and_undoes_it(as_, run):
    manager = as_("practice_manager")
    (proposal,) = manager.get(f"rebalance-runs/{run['id']}").json()["proposals"]
    address = f"proposals/{proposal['id']}"

    accepted = manager.post(f"{address}/accept", {})
    again = problem(manager.post(f"{address}/accept", {}))
    undone = manager.post(f"{address}/undo", {})

    assert proposal["effects"]["giving"] | {"clinician": 0} == {
        "clinician": 0,
        "limit": 2,
        "before": 3,
        "after": 2,
    }
    assert (proposal["state"], proposal["needs_consent"]) == ("open", True)
    assert proposal["reasons"][0]["code"] == "over_limit"
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert (again["status"], again["code"]) == (409, "stale")
    assert undone.json()["state"] == "undone"


def test_a_declined_move_says_why(as_, run):
    manager = as_("practice_manager")
    (proposal,) = manager.get("proposals").json()["results"]

    silent = problem(manager.post(f"proposals/{proposal['id']}/decline", {}))
    declined = manager.post(f"proposals/{proposal['id']}/decline", {"reason": "Cannot travel"})

    assert (silent["status"], silent["errors"][0]["field"]) == (422, "reason")
    assert declined.json()["state"] == "declined"
    assert manager.get("proposals").json()["results"] == []
    assert len(manager.get("proposals", state="declined").json()["results"]) == 1


def test_a_proposal_the_world_moved_past_is_stale(as_, run):
    manager = as_("practice_manager")
    (proposal,) = manager.get("proposals").json()["results"]
    manager.post(f"bookings/{proposal['subject']['booking']}/cancel", {"reason": "Feels better"})

    told = problem(manager.post(f"proposals/{proposal['id']}/accept", {}))

    assert (told["status"], told["code"]) == (409, "stale")


def test_others_neither_ask_nor_decide(as_, run):
    (proposal,) = as_("practice_manager").get("proposals").json()["results"]
    nobodys = "00000000-0000-4000-8000-000000000000"

    assert as_("receptionist").post("networks/NET1/rebalance", {}).status_code == 403
    assert as_("manager").post("networks/NET9/rebalance", {}).status_code == 404
    assert as_("manager").post(f"proposals/{proposal['id']}/accept", {}).status_code == 403
    theirs = as_("gp_elm").post(f"proposals/{proposal['id']}/accept", {})
    assert (theirs.status_code, theirs.content) == (
        404,
        as_("gp_elm").post(f"proposals/{nobodys}/accept", {}).content,
    )


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"day": "2026-12-01"}, 422, "day"),
        ({"day": "tomorrow"}, 400, "day"),
        ({"apply": "all"}, 400, "apply"),
        ({"network": 1}, 400, "network"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(as_, body, status, field):
    told = problem(as_("manager").post("networks/NET1/rebalance", body))

    assert (told["status"], told["errors"][0]["field"]) == (status, field)
