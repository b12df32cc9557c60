"""Ending a call for help, sending it, saying no to it and reading words, by the interface."""

import pytest

from practices.doors import everywhere
from practices.models import AuditEntry
from tests.api.conftest import problem
from tests.api.test_cases import asking

ONCE = {"idempotency-key": "one"}
END = {"ended_as": "mistake"}


@pytest.fixture
def call(as_):
    said = {"phone": "07700 900123", "where": "Car park"}
    return f"emergencies/{as_('receptionist').post('emergencies', said).json()['reference']}"


@pytest.fixture
def case(as_, world):
    return as_("receptionist").post("cases", asking(world, words="Bad chest pain")).json()


def test_who_has_it_says_what_became_of_it_once(as_, call, now):
    clinician = as_("clinician")
    early = problem(clinician.post(f"{call}/end", {"ended_as": "ambulance"}))
    clinician.post(f"{call}/acknowledge")

    ended = clinician.post(f"{call}/end", {"ended_as": "ambulance"}, **ONCE)
    again = clinician.post(f"{call}/end", {"ended_as": "ambulance"}, **ONCE)
    other = clinician.post(f"{call}/end", {"ended_as": "mistake"})

    assert (early["status"], "Nobody has this emergency yet" in early["detail"]) == (409, True)
    assert ended.status_code == 200
    assert (ended.json()["ended_as"], ended.json()["ended_by"]) == ("ambulance", "Clinician")
    assert again.json() == ended.json()
    assert other.json()["ended_as"] == "ambulance"
    with everywhere(because="the test looks", at=now):
        assert AuditEntry.objects.filter(verb="emergency.ended").count() == 1


def test_it_names_the_case_it_became_or_ends_nothing(as_, call, case):
    clinician = as_("clinician")
    clinician.post(f"{call}/acknowledge")

    blank = problem(clinician.post(f"{call}/end", {"ended_as": "request"}))
    odd = problem(clinician.post(f"{call}/end", {"ended_as": "gone"}))
    made = clinician.post(f"{call}/end", {"ended_as": "request", "case": case["reference"]})

    assert (blank["status"], blank["errors"][0]["field"]) == (422, "case")
    assert (odd["status"], odd["errors"][0]["field"]) == (400, "ended_as")
    assert made.json()["case"] == case["reference"]


def test_a_desk_ends_no_emergency_and_nobody_ends_what_is_nowhere(as_, call):
    assert (
        problem(as_("receptionist").post(f"{call}/end", {"ended_as": "mistake"}))["status"] == 403
    )
    assert (
        as_("duty").post("emergencies/EM-2222-2222-22/end", {"ended_as": "mistake"}).status_code
        == 404
    )


def test_words_are_read_by_a_clinician_and_a_no_is_read_at_once(as_, case, now):
    at, desk, clinician = f"cases/{case['reference']}", as_("receptionist"), as_("clinician")
    due = case["read_by"]

    forbidden = problem(desk.post(f"{at}/read"))
    read = clinician.post(f"{at}/read").json()
    said = {"said_by": "caller", "words": "We drive ourselves"}
    declined = desk.post(f"{at}/declined", said).json()

    assert due is not None
    assert forbidden["status"] == 403
    assert read["read_by"] is None
    assert declined["declined_at"] == declined["read_by"]
    assert declined["steps"][-1]["step"] == "decline_help"
    assert declined["steps"][-1]["reason"] == "We drive ourselves"


def test_who_goes_to_an_unreached_emergency_is_kept_once_and_then_it_ends(as_, case):
    """Nobody answers on two numbers: until it is decided who goes there, nothing is given up."""
    at, clinician = f"cases/{case['reference']}", as_("clinician")
    sent, ended = {"sent": "police", "words": "Log 12"}, {"outcome": "no_contact"}
    clinician.post(f"{at}/class", {"class": "P1", "reason": "Chest pain"})
    clinician.post(f"{at}/claim")
    early = problem(clinician.post(f"{at}/help", sent))
    for channel in ("phone", "phone_2", "phone"):
        tried = clinician.post(f"{at}/attempts", {"channel": channel})
    given_up = problem(clinician.post(f"{at}/outcome", ended | {"safety_net": "Ring us"}))

    silent = problem(clinician.post(f"{at}/help", {"sent": "police"}))
    blank = problem(clinician.post(f"{at}/help", sent | {"words": " . "}))
    odd = problem(clinician.post(f"{at}/help", {"sent": "taxi", "words": "x"}))
    forbidden = problem(as_("receptionist").post(f"{at}/help", sent))
    stale = problem(clinician.post(f"{at}/help", sent, **{"if-match": '"1"'}))
    version = {"if-match": tried["ETag"]}
    decided = clinician.post(f"{at}/help", sent, **ONCE, **version)
    again = clinician.post(f"{at}/help", sent, **ONCE, **version)
    closed = clinician.post(f"{at}/outcome", ended | {"safety_net": "Ring us"}).json()

    assert (early["status"], early["code"]) == (422, "attempts")
    assert (given_up["status"], given_up["code"]) == (422, "undecided")
    assert (silent["status"], silent["errors"][0]["field"]) == (400, "words")
    assert (blank["status"], blank["errors"][0]["field"]) == (422, "words")
    assert (odd["status"], odd["errors"][0]["field"]) == (400, "sent")
    assert (forbidden["status"], stale["status"]) == (403, 412)
    assert again.json() == decided.json()
    steps = [(step["step"], step["code"], step["reason"]) for step in closed["steps"]]
    assert steps.count(("send_help", "police", "Log 12")) == 1
    assert closed["state"] == "closed"
