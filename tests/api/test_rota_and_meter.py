"""Slots, sessions, bookings and the meter through the interface."""

from datetime import timedelta

import pytest

from tests.api.conftest import problem
from tests.api.test_cases import asking


def test_free_slots_are_those_the_practice_may_book(as_, world):
    found = as_("receptionist").get("slots").json()["results"]

    assert {row["place"] for row in found} == {"Oak Surgery", "Riverside hub"}
    own = next(row for row in found if row["place"] == "Oak Surgery")
    hub = next(row for row in found if row["place"] == "Riverside hub")
    assert (own["travel_minutes"], hub["travel_minutes"]) == (0, 6)
    assert own["clinician"] == {
        "id": world.clinicians["gp_oak"].pk,
        "name": "Gp Oak",
        "role": "gp",
    }


def test_slots_are_turned_both_ways(as_):
    desk = as_("receptionist")
    whole = [row["id"] for row in desk.get("slots").json()["results"]]

    first = desk.get("slots", page_size=5).json()
    second = desk.get(first["next"]).json()
    back = desk.get(second["previous"]).json()

    assert [row["id"] for row in (*first["results"], *second["results"])] == whole[:10]
    assert (back["results"], back["previous"]) == (first["results"], None)


def test_filters_choose_slots(as_, world):
    desk, zoe = as_("receptionist"), str(world.patients["zoe"].public_id)
    questions = (
        ({"hub": "HUB1"}, {"Riverside hub"}),
        ({"practice": "OAK1"}, {"Oak Surgery"}),
        ({"practice": "ELM1"}, set()),
        ({"mode": "phone"}, set()),
        ({"need": "back_joint", "patient": zoe}, {"Oak Surgery", "Riverside hub"}),
        (
            {"from": "2026-11-30T11:00:00Z", "until": "2026-11-30T11:15:00+00:00"},
            {"Oak Surgery", "Riverside hub"},
        ),
    )
    for query, places in questions:
        found = desk.get("slots", **query).json()["results"]
        assert {row["place"] for row in found} == places, query


def test_a_booked_slot_is_free_no_more(as_, world):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[0]
    case = desk.post("cases", asking(world)).json()["reference"]
    desk.post(f"cases/{case}/hold", {"slot": slot.pk})

    found = desk.get("slots", practice="OAK1").json()["results"]

    assert slot.pk not in [row["id"] for row in found]


def test_somebody_elses_patient_has_no_slots(as_, world):
    answer = as_("receptionist").get("slots", patient=str(world.patients["ellen"].public_id))

    assert answer.status_code == 404


SESSION = {
    "practice": "OAK1",
    "starts_at": "2026-12-01T09:00:00+00:00",
    "ends_at": "2026-12-01T10:00:00+00:00",
    "slot_minutes": 20,
    "mode": "phone",
    "needs": ["sore_throat", "ear_pain"],
    "audience": {"organisations": ["OAK1"], "types": None},
}


def wish(world, **change):
    return {"clinician": world.clinicians["gp_oak"].pk} | SESSION | change


def test_a_session_is_published_with_its_slots_and_overlaps_none(as_, world):
    manager = as_("practice_manager")

    made = manager.post("sessions", wish(world))
    clash = problem(manager.post("sessions", wish(world, starts_at="2026-12-01T09:30:00+00:00")))

    assert made.status_code == 201, made.json()
    assert [slot["starts_at"][11:16] for slot in made.json()["slots"]] == [
        "09:00",
        "09:20",
        "09:40",
    ]
    assert (clash["status"], clash["code"]) == (409, "overlap")
    assert clash["session"] == made.json()["id"]
    assert manager.get(f"sessions/{made.json()['id']}").json() == made.json()


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"starts_at": "2026-12-01T09:00:00"}, 400, "starts_at"),
        ({"starts_at": "2027-03-28T01:30:00"}, 400, "starts_at"),
        ({"starts_at": "2027-03-28T01:30:00+01:00"}, 400, "starts_at"),
        ({"ends_at": "2026-12-01T09:00:00+00:00"}, 422, "ends_at"),
        ({"ends_at": "2026-12-02T10:00:00+00:00"}, 422, "ends_at"),
        ({"starts_at": "2026-11-01T09:00:00Z", "ends_at": "2026-11-01T10:00:00Z"}, 422, "ends_at"),
        ({"slot_minutes": 3}, 422, "slot_minutes"),
        ({"places": 0}, 400, "places"),
        ({"hub": "HUB1"}, 400, "practice"),
        ({"needs": ["wings"]}, 400, "needs.0"),
        ({"audience": {"everyone": True}}, 400, "audience.everyone"),
        ({"status": "draft", "version": 4}, 400, "status"),
    ],
)
def test_a_session_that_cannot_be_says_why(as_, world, change, status, field):
    told = problem(as_("practice_manager").post("sessions", wish(world, **change)))

    assert (told["status"], told["errors"][0]["field"]) == (status, field), told


def test_a_time_in_summer_is_the_instant_it_names(as_, world):
    made = as_("practice_manager").post(
        "sessions",
        wish(world, starts_at="2027-03-28T01:30:00+00:00", ends_at="2027-03-28T03:00:00+01:00"),
    )

    assert made.json()["starts_at"] == "2027-03-28T02:30:00+01:00"


def test_each_organisation_changes_its_own_rota(as_, world):
    hub = {"practice": None, "hub": "HUB1", "clinician": world.clinicians["supervisor"].pk}

    assert as_("receptionist").post("sessions", wish(world)).status_code == 403
    assert as_("practice_manager").post("sessions", wish(world, **hub)).status_code == 403
    assert as_("supervisor").post("sessions", wish(world, **hub)).status_code == 201
    assert as_("supervisor").post("sessions", wish(world)).status_code == 404
    stranger = wish(world, clinician=world.clinicians["gp_elm"].pk)
    assert as_("practice_manager").post("sessions", stranger).status_code == 404


def test_sessions_are_listed_in_reach(as_, world):
    mine = as_("practice_manager").get("sessions").json()["results"]
    at_hub = as_("manager").get("sessions", hub="HUB1").json()["results"]

    assert {row["place"] for row in mine} == {"Oak Surgery", "Riverside hub"}
    assert {row["hub"] for row in at_hub} == {"HUB1"}
    elm = world.sessions["gp_elm"].pk
    assert as_("practice_manager").get(f"sessions/{elm}").status_code == 404


def test_the_meter_shows_points_their_limit_and_where_it_comes_from(as_, world):
    desk, gp = as_("receptionist"), world.clinicians["gp_oak"].pk
    case = desk.post("cases", asking(world)).json()["reference"]
    desk.post(f"cases/{case}/hold", {"slot": world.slots("gp_oak")[0].pk})

    meter = desk.get(f"clinicians/{gp}/workload").json()

    assert (meter["limit"], meter["points"], meter["held_points"], meter["room"]) == (25, 1, 1, 24)
    assert (meter["level"], meter["breach_forecast_at"]) == ("green", None)
    assert meter["limit_source"] == {
        "layer": "system",
        "basis": "Safe working default",
        "set_by": "",
        "from": None,
    }


def test_a_logged_contact_moves_the_meter_at_once(as_, world, now):
    gp = as_("gp_oak")
    earlier = (now - timedelta(minutes=5)).isoformat()

    logged = gp.post(
        "contacts", {"kind": "brief_advice", "at": earlier, "note": "Rang about bloods"}
    )
    gp.post("contacts", {"kind": "document"})

    assert (logged.status_code, logged.json()["points"]) == (201, 0.5)
    meter = gp.get(f"clinicians/{world.clinicians['gp_oak'].pk}/workload").json()
    assert (meter["points"], meter["contacts"]) == (0.5, 1)
    assert meter["by_kind"] == {"brief_advice": 1, "document": 1}


def test_contacts_are_logged_at_home_and_in_the_past(as_, world, now):
    gp, soon = as_("gp_oak"), (now + timedelta(minutes=5)).isoformat()

    future = problem(gp.post("contacts", {"kind": "phone", "at": soon}))
    elsewhere = gp.post(
        "contacts", {"kind": "phone", "clinician": world.clinicians["clinician"].pk}
    )
    unknown = gp.post("contacts", {"kind": "phone", "clinician": world.clinicians["gp_elm"].pk})

    assert (future["status"], future["errors"][0]["field"]) == (422, "at")
    assert (elsewhere.status_code, unknown.status_code) == (403, 404)
    assert as_("receptionist").post("contacts", {"kind": "phone"}).status_code == 403


def test_other_practices_clinicians_have_no_meter_here(as_, world):
    desk = as_("receptionist")

    theirs = desk.get(f"clinicians/{world.clinicians['gp_elm'].pk}/workload")
    nobodys = desk.get(f"clinicians/{10**17}/workload")

    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ["bookings", "sessions", "slots"])
def test_lists_cost_the_same_whatever_their_length(
    as_, world, number, address, django_assert_num_queries
):
    desk = as_("receptionist")
    for index, who in enumerate(("zoe", "tam", "child")):
        case = desk.post("cases", asking(world, who)).json()["reference"]
        desk.post(f"cases/{case}/book", {"slot": world.slots("gp_oak")[index].pk})

    with django_assert_num_queries(COST[address]):
        answer = desk.get(address, page_size=number)

    assert len(answer.json()["results"]) == number


COST = {"bookings": 14, "sessions": 15, "slots": 16}


def test_bookings_are_read_by_whom_they_concern(as_, world):
    desk = as_("receptionist")
    case = desk.post("cases", asking(world)).json()["reference"]
    booked = desk.post(f"cases/{case}/book", {"slot": world.slots("gp_oak")[0].pk}).json()

    assert desk.get("bookings", case=case).json()["results"] == [booked]
    assert desk.get(f"bookings/{booked['id']}").json() == booked
    assert as_("receptionist_elm").get("bookings").json()["results"] == []
    assert as_("receptionist_elm").get(f"bookings/{booked['id']}").status_code == 404
    assert as_("manager").get("bookings").status_code == 403
