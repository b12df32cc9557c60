"""Taking a place for a case: held, booked, lost to somebody quicker, moved, given back."""

import pytest

from practices.actions import set_limit
from practices.doors import everywhere
from practices.models import Patient
from tests.api.conftest import problem
from tests.api.test_cases import asking
from tests.world import LONG_AGO, SETUP


@pytest.fixture
def case(as_, world):
    return as_("receptionist").post("cases", asking(world)).json()["reference"]


@pytest.fixture
def other(as_, world):
    return as_("receptionist").post("cases", asking(world, "tam")).json()["reference"]


def test_a_place_is_held_for_two_minutes_and_then_booked(as_, world, case, now):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[0]

    held = desk.post(f"cases/{case}/hold", {"slot": slot.pk})
    booked = desk.post(f"cases/{case}/book", {"hold": held.json()["hold"]})

    assert held.status_code == booked.status_code == 201
    assert held.json()["expires_at"] == now.replace(minute=32).isoformat()
    assert (booked.json()["state"], booked.json()["id"]) == ("booked", held.json()["id"])
    assert desk.get(f"cases/{case}").json()["state"] == "booked"


def test_who_is_too_late_hears_of_the_next_three(as_, world, case, other):
    desk, slots = as_("receptionist"), world.slots("gp_oak")
    desk.post(f"cases/{case}/book", {"slot": slots[0].pk})

    told = problem(desk.post(f"cases/{other}/hold", {"slot": slots[0].pk}))

    assert (told["status"], told["code"]) == (409, "slot_taken")
    offered = [line["id"] for line in told["alternatives"]]
    assert offered == [slot.pk for slot in slots[1:4]]
    assert set(told["alternatives"][0]) >= {"session", "clinician", "travel_minutes", "places_left"}


def test_a_clinician_at_the_limit_is_not_booked_and_others_are_offered(
    as_, world, case, other, now
):
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            points=10,
            from_on=LONG_AGO,
            basis="phased return",
            clinician_id=world.clinicians["gp_oak"].pk,
            by=SETUP,
            at=now,
        )
    desk, slots = as_("receptionist"), world.slots("gp_oak")
    desk.post(f"cases/{case}/book", {"slot": slots[0].pk})

    told = problem(desk.post(f"cases/{other}/book", {"slot": slots[1].pk}))

    assert (told["status"], told["code"], len(told["alternatives"])) == (409, "limit_reached", 3)
    assert {line["place"] for line in told["alternatives"]} == {"Riverside hub"}


def test_a_hold_that_ran_out_is_not_booked(as_, world, case, now, monkeypatch):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[0]
    held = desk.post(f"cases/{case}/hold", {"slot": slot.pk}).json()
    monkeypatch.setattr("practices.clock.now", lambda: now.replace(minute=33))

    told = problem(desk.post(f"cases/{case}/book", {"hold": held["id"]}))

    assert (told["status"], told["code"], len(told["alternatives"])) == (409, "hold_expired", 3)


def test_a_hub_booking_says_why_it_was_overflow(as_, world, case, now):
    slot = world.slots("supervisor")[0]

    booked = as_("receptionist").post(
        f"cases/{case}/book", {"slot": slot.pk, "overflow_reason": "patient_choice"}
    )

    assert booked.status_code == 201, booked.json()
    assert booked.json()["overflow_reason"] == "patient_choice"
    assert set(booked.json()["meter"]) == {"used", "limit", "clinicians", "over"}


def test_i88_another_practices_slot_is_not_there(as_, world, case):
    desk = as_("receptionist")

    theirs = desk.post(f"cases/{case}/hold", {"slot": world.slots("gp_elm")[0].pk})
    nobodys = desk.post(f"cases/{case}/hold", {"slot": 2**62})

    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_booking_is_answered_once_whatever_number_of_times_the_key_arrives(as_, world, case):
    desk, body = as_("receptionist"), {"slot": world.slots("gp_oak")[0].pk}
    key = {"idempotency-key": "one"}

    first, second = (desk.post(f"cases/{case}/book", body, **key) for _ in range(2))

    assert (first.status_code, first.content) == (201, second.content)
    elsewhere = desk.post(f"cases/{case}/hold", body, **key)
    assert problem(elsewhere)["code"] == "idempotency_mismatch"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "hold"),
        ({"slot": 1, "hold": "00000000-0000-4000-8000-000000000000"}, "hold"),
        ({"slot": "1"}, "slot"),
        ({"slot": True}, "slot"),
        ({"slot": 10**30}, "slot"),
        ({"slot": 1, "override": {"code": "training", "reason": "x", "by": 1}}, "override.by"),
        ({"slot": 1, "state": "attended"}, "state"),
    ],
)
def test_a_body_that_is_no_wish_to_book_is_refused(as_, case, body, field):
    told = problem(as_("receptionist").post(f"cases/{case}/book", body))

    assert (told["status"], told["errors"][0]["field"]) == (400, field)


@pytest.fixture
def booking(as_, world, case):
    slot = world.slots("gp_oak")[0]
    return as_("receptionist").post(f"cases/{case}/book", {"slot": slot.pk}).json()


def test_a_booking_moves_in_one_step(as_, world, booking, case):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[5]

    moved = desk.post(f"bookings/{booking['id']}/move", {"slot": slot.pk, "reason": "Bus times"})

    assert (moved.status_code, moved.json()["slot"]) == (200, slot.pk)
    live = [b for b in desk.get(f"cases/{case}").json()["bookings"] if b["state"] == "booked"]
    assert [b["id"] for b in live] == [moved.json()["id"]]


def test_a_cancelled_booking_lets_its_case_wait_again(as_, booking, case):
    desk = as_("receptionist")

    cancelled = desk.post(f"bookings/{booking['id']}/cancel", {"reason": "Feels better"})
    again = problem(desk.post(f"bookings/{booking['id']}/cancel", {}))

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (again["status"], again["code"]) == (409, "stale")
    found = desk.get(f"cases/{case}").json()
    assert found["state"] == "waiting"
    assert "Feels better" in [note["text"] for note in found["notes"]]


def test_a_version_that_moved_on_is_told_by_the_way_it_was_given(as_, booking):
    desk, address = as_("receptionist"), f"bookings/{booking['id']}/arrived"

    by_body = problem(desk.post(address, {"version": 99}))
    by_header = problem(desk.post(address, {}, **{"if-match": '"99"'}))
    fine = desk.post(address, {}, **{"if-match": f'"{booking["version"]}"'})

    assert (by_body["status"], by_body["code"]) == (409, "stale")
    assert (by_header["status"], by_header["code"]) == (412, "stale")
    assert (fine.status_code, fine.json()["state"]) == (200, "arrived")
    assert problem(desk.post(address, {}, **{"if-match": "x"}))["status"] == 400


def test_who_was_seen_counts_and_who_was_missed_waits_again(
    as_, world, booking, other, now, monkeypatch
):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[1]
    second = desk.post(f"cases/{other}/book", {"slot": slot.pk}).json()
    early = problem(desk.post(f"bookings/{second['id']}/missed", {}))
    monkeypatch.setattr("practices.clock.now", lambda: now.replace(hour=11))

    seen = desk.post(f"bookings/{booking['id']}/attended", {})
    missed = desk.post(f"bookings/{second['id']}/missed", {})

    assert (early["status"], early["code"]) == (422, "not_started")
    assert (seen.json()["state"], missed.json()["state"]) == ("attended", "missed")
    assert desk.get(f"cases/{other}").json()["state"] == "waiting"


def test_another_practice_has_no_such_booking(as_, booking):
    stranger = as_("receptionist_elm")

    for verb in ("cancel", "arrived", "attended", "missed"):
        theirs = stranger.post(f"bookings/{booking['id']}/{verb}", {})
        nobodys = stranger.post(f"bookings/00000000-0000-4000-8000-000000000000/{verb}", {})
        assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_who_needs_two_together_holds_and_books_both(as_, world, other):
    desk, slots = as_("receptionist"), world.slots("gp_oak")
    desk.post(f"cases/{other}/book", {"slot": slots[4].pk})
    body = asking(world, access_needs=["interpreter"])
    double = desk.post("cases", body).json()["reference"]

    listed = desk.get(f"cases/{double}/options").json()
    lost = problem(desk.post(f"cases/{double}/hold", {"slot": slots[3].pk}))
    held = desk.post(f"cases/{double}/hold", {"slot": slots[5].pk}).json()
    booked = desk.post(f"cases/{double}/book", {"hold": held["hold"]}).json()

    assert {slots[3].pk, slots[11].pk}.isdisjoint(line["slot"] for line in listed["options"])
    assert (lost["status"], lost["code"]) == (409, "slot_taken")
    assert [line["id"] for line in lost["alternatives"]] == [one.pk for one in slots[:3]]
    assert (booked["starts_at"], booked["ends_at"]) == (
        slots[5].starts_at.isoformat(),
        slots[6].ends_at.isoformat(),
    )


def test_slots_for_a_patient_who_needs_two_together_have_one_after_them(as_, world, now):
    tam = world.patients["tam"]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=tam.pk).update(access_needs=["bsl"])

    found = as_("receptionist").get(f"slots?practice=OAK1&patient={tam.public_id}").json()

    assert [line["id"] for line in found["results"]] == [
        slot.pk for slot in world.slots("gp_oak")[:11]
    ]


def test_two_of_one_call_are_seen_side_by_side(as_, world, case):
    desk, slots = as_("receptionist"), world.slots("gp_oak")
    desk.post(f"cases/{case}/book", {"slot": slots[2].pk})
    second = desk.post("cases", asking(world, "tam", linked_to=case)).json()["reference"]

    first, also, after = desk.get(f"cases/{second}/options").json()["options"][:3]

    assert [first["slot"], also["slot"]] == [slots[1].pk, slots[3].pk]
    assert first["reasons"][-1]["text"] == "Beside Zoë’s appointment at 10:30am"
    assert "beside" not in [reason["code"] for reason in after["reasons"]]
