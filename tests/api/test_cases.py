"""A case through the interface: submitted, listed, placed."""

import pytest

from practices.doors import everywhere
from practices.models import AuditEntry
from tests.api.conftest import problem


def asking(world, who="zoe", **change):
    """A body that asks for help for one of the invented patients."""
    return {
        "patient": str(world.patients[who].public_id),
        "channel": "phone",
        "need": "sore_throat",
        "words": "Sore throat for four days",
        "red_flags_asked": True,
    } | change


@pytest.fixture
def case(as_, world):
    """A case of Zoë's that waits."""
    return as_("receptionist").post("cases", asking(world)).json()


def test_a_request_becomes_a_case_with_class_due_time_and_owner(as_, world, now):
    answer = as_("receptionist").post("cases", asking(world))

    made = answer.json()
    assert answer.status_code == 201, made
    assert (made["state"], made["class"], made["class_status"]) == ("waiting", "P4", "provisional")
    assert (made["owner"], made["version"], made["bookable_now"]) == ("hub_queue", 2, True)
    assert made["due_at"] > now.isoformat()
    assert [step["step"] for step in made["steps"]] == ["submit"]
    assert answer["ETag"] == '"2"'


def test_a_number_in_any_spacing_says_who_it_is(as_, world):
    body = asking(world) | {"nhs_number": "999-000 0026"}
    body.pop("patient")

    made = as_("receptionist").post("cases", body).json()

    assert made["patient"]["id"] == str(world.patients["zoe_namesake"].public_id)


def test_each_look_at_a_case_is_one_line_on_record(as_, world, case, now):
    as_("clinician").get(f"cases/{case['reference']}")

    with everywhere(because="the test looks", at=now):
        seen = AuditEntry.objects.filter(verb="patient.viewed", by=world.users["clinician"])
        assert [row.entity_id for row in seen] == [str(world.patients["zoe"].pk)]


def test_what_cannot_be_a_case_says_why(as_, world):
    desk = as_("receptionist")
    cases = (
        ({"need": "wings"}, 400, "need"),
        ({"words": " . "}, 422, "words"),
        ({"words": "x" * 501}, 422, "words"),
        ({"red_flags": ["nothing_of_the_kind"]}, 422, "red_flags"),
        ({"red_flags_asked": "yes"}, 400, "red_flags_asked"),
        ({"phone": "12"}, 422, "phone"),
        ({"nhs_number": "9990000018"}, 400, "patient"),
        ({"continuity": 999}, 422, "continuity"),
        ({"available": [{"from": "2026-12-01T09:00:00", "until": "x"}]}, 400, "available.0.from"),
        ({"state": "closed", "urgency": 0, "points": 0, "version": 9}, 400, "points"),
    )
    for change, status, field in cases:
        told = problem(desk.post("cases", asking(world, **change)))
        assert (told["status"], told["errors"][0]["field"]) == (status, field), told


def test_somebody_elses_patient_is_nobody(as_, world):
    desk = as_("receptionist")

    theirs = desk.post("cases", asking(world, "ellen"))
    nobody = desk.post("cases", asking(world) | {"patient": "00000000-0000-4000-8000-000000000000"})

    assert (theirs.status_code, theirs.content) == (404, nobody.content)


def test_worklist_is_in_order_of_need_and_turned_both_ways(as_, world):
    desk = as_("receptionist")
    for who, need in (("zoe", "follow_up"), ("tam", "cough_breathing"), ("child", "skin_rash")):
        desk.post("cases", asking(world, who, need=need))

    whole = as_("clinician").get("cases").json()["results"]
    first = as_("clinician").get("cases", page_size=2).json()
    second = as_("clinician").get(first["next"]).json()
    back = as_("clinician").get(second["previous"]).json()

    assert [row["class"] for row in whole] == sorted(row["class"] for row in whole)
    assert [row["reference"] for row in (*first["results"], *second["results"])] == [
        row["reference"] for row in whole
    ]
    assert back["results"] == first["results"]
    assert "patient" not in whole[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_worklist_costs_the_same_for_one_and_for_three(as_, world, rows, django_assert_num_queries):
    desk, clinician = as_("receptionist"), as_("clinician")
    for who in ("zoe", "tam", "child")[:rows]:
        desk.post("cases", asking(world, who, need="skin_rash"))

    with django_assert_num_queries(14):
        answer = clinician.get("cases")

    assert len(answer.json()["results"]) == rows


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"urgency__lt": 3}, "urgency__lt"),
        ({"ordering": "-patient"}, "ordering"),
        ({"state": "lost"}, "state"),
        ({"cursor": "broken"}, "cursor"),
        ({"page_size": "many"}, "page_size"),
        ({"practice": "\0"}, "practice"),
    ],
)
def test_a_filter_we_do_not_know_is_refused(as_, query, field):
    told = problem(as_("clinician").get("cases", **query))

    assert (told["status"], told["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("size", [-1, 0, 10**6])
def test_page_size_is_brought_into_bounds(as_, case, size):
    assert len(as_("clinician").get("cases", page_size=size).json()["results"]) == 1


def test_filters_choose(as_, case, world):
    clinician = as_("clinician")
    chosen = (
        ({"state": "waiting", "class": "P4"}, 1),
        ({"state": "closed"}, 0),
        ({"class": "P0"}, 0),
        ({"practice": "OAK1", "hub": "HUB1"}, 1),
        ({"practice": "ELM1"}, 0),
        ({"mine": "true"}, 0),
    )
    for query, number in chosen:
        assert len(clinician.get("cases", **query).json()["results"]) == number, query


def test_another_practice_sees_no_such_case(as_, case):
    stranger = as_("receptionist_elm")

    assert stranger.get("cases").json()["results"] == []
    for address in ("", "/options"):
        theirs = stranger.get(f"cases/{case['reference']}{address}")
        nobodys = stranger.get(f"cases/HR-2222-2222-22{address}")
        assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_networks_see_no_cases(as_, case):
    assert as_("manager").get("cases").status_code == 403


def test_options_say_why_and_why_not(as_, case):
    found = as_("receptionist").get(f"cases/{case['reference']}/options").json()

    best = found["options"][0]
    assert (best["kind"], best["place"], best["role"]) == ("slot", "Oak Surgery", "gp")
    assert best["points_after"] == 1
    assert best["reasons"][0]["code"] == "in_time"
    assert {line["kind"] for line in found["options"]} >= {"slot", "callback"}
    assert all(set(line) == {"what", "slot", "code", "text"} for line in found["refused"])
