"""Changing a session with patients in it: told first, then done, nobody lost."""

import pytest

from practices.doors import everywhere
from practices.models import Message
from tests.api.conftest import problem
from tests.api.test_cases import asking


@pytest.fixture
def booked(as_, world):
    """Zoë at 10:00, Tâm at 11:00 and Finn at 12:45 with the practice's GP."""
    desk, slots = as_("receptionist"), world.slots("gp_oak")
    return {
        who: _booked(desk, world, who, slots[number].pk)
        for who, number in (("zoe", 0), ("tam", 4), ("child", 11))
    }


def _booked(desk, world, who, slot):
    case = desk.post("cases", asking(world, who)).json()["reference"]
    answer = desk.post(f"cases/{case}/book", {"slot": slot})
    assert answer.status_code == 201, answer.json()
    return case


def names(lines):
    return [line["case"] for line in lines]


# The practice's only GP: without a reason the change would leave its patients without anybody.
GAP = {"override": {"code": "service_failure", "reason": "The GP is called away"}}
SHORTER = GAP | {"ends_at": "2026-11-30T11:00:00+00:00", "reason": "Called to a home visit"}


def test_preview_tells_everybody_and_changes_nothing(as_, world, booked):
    manager, address = as_("practice_manager"), f"sessions/{world.sessions['gp_oak'].pk}"
    before = manager.get(address).json()

    told = manager.patch(f"{address}?preview=true", SHORTER).json()

    assert told["preview"] is True
    assert names(told["stays"]) == [booked["zoe"]]
    assert [(line["case"], line["to"]) for line in told["moves"]] == [
        (booked["tam"], "2026-11-30T10:45:00+00:00")
    ]
    assert names(told["displaced"]) == [booked["child"]]
    assert manager.get(address).json() == before


def test_a_shorter_session_moves_and_requeues(as_, world, booked, now):
    manager, address = as_("practice_manager"), f"sessions/{world.sessions['gp_oak'].pk}"
    preview = manager.patch(address, SHORTER | {"preview": True}).json()

    done = manager.patch(address, SHORTER, **{"if-match": '"1"'})

    assert done.status_code == 200, done.json()
    for part in ("stays", "moves", "displaced"):
        assert names(done.json()[part]) == names(preview[part])
    assert len(done.json()["session"]["slots"]) == 4
    desk = as_("receptionist")
    states = {who: desk.get(f"cases/{case}").json() for who, case in booked.items()}
    assert {who: case["state"] for who, case in states.items()} == {
        "zoe": "booked",
        "tam": "booked",
        "child": "waiting",
    }
    live = [b for b in states["tam"]["bookings"] if b["state"] == "booked"]
    assert [b["starts_at"] for b in live] == ["2026-11-30T10:45:00+00:00"]
    with everywhere(because="the test looks", at=now):
        told = Message.objects.filter(case_ref=booked["child"]).order_by("-id").first()
        assert told.kind == "displaced"


def test_a_cancelled_session_loses_nobody(as_, world, booked):
    manager, session = as_("practice_manager"), world.sessions["gp_oak"].pk

    done = manager.post(f"sessions/{session}/cancel", GAP | {"reason": "sick leave"}).json()
    again = problem(manager.post(f"sessions/{session}/cancel"))

    assert (done["stays"], done["moves"]) == ([], [])
    assert sorted(names(done["displaced"])) == sorted(booked.values())
    assert (done["session"]["status"], done["session"]["slots"]) == ("cancelled", [])
    assert again["status"] == 409
    desk = as_("receptionist")
    assert {desk.get(f"cases/{case}").json()["state"] for case in booked.values()} == {"waiting"}
    meter = desk.get(f"clinicians/{world.clinicians['gp_oak'].pk}/workload").json()
    assert meter["points"] == 0


def test_the_meter_is_the_same_after_a_move(as_, world, booked):
    manager, address = as_("practice_manager"), f"sessions/{world.sessions['gp_oak'].pk}"
    meter = f"clinicians/{world.clinicians['gp_oak'].pk}/workload"
    before = manager.get(meter).json()["points"]

    done = manager.patch(address, {"slot_minutes": 20}).json()

    assert (len(done["moves"]), done["stays"], done["displaced"]) == (3, [], [])
    assert manager.get(meter).json()["points"] == before


def test_what_cannot_be_changed_says_why(as_, world, booked):
    manager, address = as_("practice_manager"), f"sessions/{world.sessions['gp_oak'].pk}"

    assert problem(manager.patch(address, {"reason": "x"}))["status"] == 400
    assert problem(manager.patch(address, {"clinician": 1}))["status"] == 400
    assert problem(manager.patch(address, {"ends_at": "2026-11-30T09:00:00Z"}))["status"] == 422
    assert problem(manager.patch(address, SHORTER | {"version": 9}))["code"] == "stale"
    assert problem(manager.patch(address, SHORTER, **{"if-match": "9"}))["status"] == 412
    assert as_("receptionist").patch(address, SHORTER).status_code == 403
    hub = f"sessions/{world.sessions['supervisor'].pk}"
    assert manager.patch(hub, SHORTER).status_code == 403
    assert as_("manager").patch(hub, SHORTER).status_code == 403
    elm = f"sessions/{world.sessions['gp_elm'].pk}"
    assert manager.patch(elm, SHORTER).status_code == 404
