"""Who am I, and whom do I look after."""

import pytest

from practices.doors import everywhere
from practices.models import AuditEntry
from tests.api.conftest import problem


def test_me_tells_role_organisation_network_and_the_clock(as_, now):
    me = as_("receptionist").get("me").json()

    assert me["username"] == "receptionist"
    assert me["roles"] == ["receptionist"]
    assert (me["organisation"], me["networks"]) == ("OAK1", ["NET1"])
    assert me["now"] == now.isoformat()
    assert "cases:submit" in me["scopes"]


def test_who_is_not_signed_in_is_told_how(world, client):
    answer = client.get("/api/v1/me")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert problem(answer)["code"] == "not_signed_in"


def test_a_patient_is_found_by_any_way_of_saying_it_and_the_look_is_on_record(as_, world, now):
    desk = as_("receptionist")

    for said in ("999 000 0018", "9990000018", "o'neil 14/03/1985", "ZOE ONEIL 1985"):
        found = desk.get("patients", q=said).json()
        assert [row["id"] for row in found["results"]] == [str(world.patients["zoe"].public_id)]
    with everywhere(because="the test looks", at=now):
        seen = AuditEntry.objects.filter(verb="patient.viewed", by=world.users["receptionist"])
        assert seen.count() == 4


def test_a_search_is_turned_page_by_page(as_):
    desk = as_("receptionist")

    first = desk.get("patients", q="oneil", page_size=1).json()
    second = desk.get(first["next"]).json()
    back = desk.get(second["previous"]).json()

    assert first["previous"] is None
    assert second["next"] is None
    assert first["results"][0]["born_on"] == "1985-03-14" == back["results"][0]["born_on"]
    assert second["results"][0]["born_on"] == "2001-07-02"


def test_another_practices_patient_is_not_there(as_, world):
    desk, ellen = as_("receptionist"), world.patients["ellen"]

    assert desk.get("patients", q="Ellen Brook").json()["results"] == []
    theirs = desk.get(f"patients/{ellen.public_id}")
    nobodys = desk.get("patients/00000000-0000-4000-8000-000000000000")
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_hub_and_network_do_not_search_lists(as_):
    for who in ("clinician", "manager"):
        assert problem(as_(who).get("patients", q="oneil"))["status"] == 403


NEW = {
    "nhs_number": "999 000 0069",
    "family_name": "D’Angelo",
    "given_name": "E",
    "born_on": "1990-02-28",
    "phone": "07700 900123",
    "email": "e.dangelo@example.com",
    "postcode": "sw1a1aa",
    "access_needs": ["step_free"],
}


def test_a_patient_joins_the_list(as_):
    answer = as_("receptionist").post("patients", NEW)

    made = answer.json()
    assert answer.status_code == 201, made
    assert (made["nhs_number"], made["postcode"]) == ("9990000069", "SW1A 1AA")
    assert (made["family_name"], made["given_name"]) == ("D’Angelo", "E")
    assert made["email"] == "e.dangelo@example.com"
    assert as_("receptionist").get(f"patients/{made['id']}").json() == made


@pytest.mark.parametrize("typed", ["nobody", "a@b", 7, f"{'a' * 60}@{'b' * 190}.example.com"])
def test_an_address_nobody_can_be_written_to_is_named(as_, typed):
    answer = as_("receptionist").post("patients", NEW | {"email": typed})

    assert answer.status_code == 400
    assert {one["field"] for one in problem(answer)["errors"]} == {"email"}


def test_i87_the_same_key_answers_the_same_and_another_body_is_refused(as_):
    desk = as_("receptionist")
    key = {"idempotency-key": "walk-in 7"}

    first, second = desk.post("patients", NEW, **key), desk.post("patients", NEW, **key)
    other = desk.post("patients", NEW | {"given_name": "F"}, **key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency_mismatch")
    again = desk.post("patients", NEW)
    assert (again.status_code, problem(again)["code"]) == (409, "duplicate")


def test_bad_words_are_told_field_by_field(as_):
    desk = as_("receptionist")
    cases = (
        ({"nhs_number": "999 000 0068"}, 422, "nhs_number", "not a valid NHS number"),
        ({"nhs_number": "99900000"}, 422, "nhs_number", "You entered 8"),
        ({"family_name": "x" * 51}, 422, "family_name", "50 characters or fewer"),
        ({"born_on": "2027-02-29"}, 400, "born_on", "Date must be a real date"),
        ({"born_on": "2026-12-01"}, 422, "born_on", "must be in the past"),
        ({"postcode": "SW1A 1A"}, 422, "postcode", "full UK postcode"),
        ({"access_needs": ["wings"]}, 400, "access_needs.0", "not a valid choice"),
        ({"practice": 1, "person_key": "x"}, 400, "person_key", "Unknown field"),
        ({"family_name": 7}, 400, "family_name", "valid string"),
    )
    for change, status, field, words in cases:
        told = problem(desk.post("patients", NEW | change))
        assert (told["status"], told["errors"][0]["field"]) == (status, field), told
        assert words in told["errors"][0]["message"]
