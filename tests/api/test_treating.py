"""What clinicians do with a case through the interface."""

import pytest

from tests.api.conftest import problem
from tests.api.test_cases import asking


@pytest.fixture
def case(as_, world):
    desk = as_("receptionist")
    desk.post("cases", asking(world, "tam", need="follow_up"))
    return desk.post("cases", asking(world, need="cough_breathing")).json()


def test_next_is_the_most_urgent_case_and_then_there_is_none(as_, case):
    clinician = as_("clinician")

    first = clinician.post("queue/next", {"hub": "HUB1"})
    clinician.post("queue/next")
    none = clinician.post("queue/next")

    assert (first.status_code, first.json()["reference"]) == (200, case["reference"])
    assert (first.json()["state"], first.json()["owner"]) == ("claimed", "clinician")
    assert (none.status_code, none.content) == (204, b"")


def test_a_case_goes_from_claim_to_outcome(as_, case, world):
    clinician, at = as_("clinician"), f"cases/{case['reference']}"

    claimed = clinician.post(f"{at}/claim", {"version": case["version"]})
    signed = clinician.post(f"{at}/class", {"class": "P3", "reason": "Sounds chesty"})
    called = clinician.post(f"{at}/attempts", {"channel": "phone", "answered": True})
    unsafe = problem(
        clinician.post(f"{at}/outcome", {"outcome": "advice", "record_viewed": "summary"})
    )
    closed = clinician.post(
        f"{at}/outcome",
        {
            "outcome": "advice",
            "safety_net": "Call again if worse tonight",
            "record_viewed": "summary",
        },
    )

    assert claimed.json()["claimed_by"]["id"] == world.clinicians["clinician"].pk
    assert (signed.json()["class"], signed.json()["class_status"]) == ("P3", "signed")
    assert called.json()["attempts"][0]["answered"] is True
    assert (unsafe["status"], unsafe["errors"][0]["field"]) == (422, "safety_net")
    assert (closed.json()["state"], closed.json()["owner"]) == ("closed", "nobody")
    assert [step["step"] for step in closed.json()["steps"]] == [
        "submit",
        "claim",
        "sign_class",
        "attempt",
        "close",
    ]


def test_an_attempt_says_who_answered_on_which_number(as_, case):
    at, clinician = f"cases/{case['reference']}/attempts", as_("clinician")
    tried = {"channel": "phone", "met": "other", "number": "07700 900456"}

    kept = clinician.post(at, tried).json()["attempts"][0]
    short = problem(clinician.post(at, tried | {"number": "12"}))
    voicemail = problem(clinician.post(at, tried | {"met": "voicemail"}))
    odd = problem(clinician.post(at, tried | {"met": "the dog"}))

    assert (kept["met"], kept["number_end"], kept["answered"]) == ("other", "456", False)
    assert (short["status"], short["errors"][0]["field"]) == (422, "number")
    assert (voicemail["status"], voicemail["code"]) == (422, "no_voicemail")
    assert (odd["status"], odd["errors"][0]["field"]) == (400, "met")


def test_nobody_unspoken_to_is_sent_anywhere(as_, case):
    at, clinician = f"cases/{case['reference']}", as_("clinician")
    end = {"outcome": "dental", "safety_net": "Ring if worse", "record_viewed": "not_available"}
    clinician.post(f"{at}/claim")

    silent = problem(clinician.post(f"{at}/outcome", end))
    closed = clinician.post(f"{at}/outcome", end | {"spoke_with": "patient", "spoke_by": "phone"})

    assert (silent["status"], silent["code"]) == (422, "contact")
    assert silent["errors"][0]["field"] == "outcome"
    assert closed.json()["state"] == "closed"


def test_a_receptionist_raises_a_class_and_never_lowers_it(as_, case):
    desk, at = as_("receptionist"), f"cases/{case['reference']}/class"

    lowered = problem(desk.post(at, {"class": "P6", "reason": "Sounds fine"}))
    unsaid = problem(desk.post(at, {"class": "P1"}))
    raised = desk.post(at, {"class": "P1", "reason": "Cannot finish a sentence"})

    assert (lowered["status"], lowered["code"]) == (422, "not_clinician")
    assert (unsaid["status"], unsaid["errors"][0]["field"]) == (422, "reason")
    assert (raised.json()["class"], raised.json()["class_status"]) == ("P1", "provisional")


def test_a_case_handed_back_stays_with_the_hub_until_the_practice_accepts(as_, case):
    clinician, duty, at = as_("clinician"), as_("duty"), f"cases/{case['reference']}"
    clinician.post(f"{at}/claim")

    back = clinician.post(f"{at}/return", {"reason": "Needs the GP who knows her"})
    no = duty.post(f"{at}/acknowledge", {"accept": False, "note": "Nobody is in today"})
    clinician.post(f"{at}/claim")
    unnamed = problem(clinician.post(f"{at}/return", {"reason": "Still needs her GP"}))

    assert (back.json()["state"], back.json()["owner"]) == ("handed_back", "hub")
    assert no.json()["state"] == "waiting"
    assert (unnamed["status"], unnamed["errors"][0]["field"]) == (422, "to_clinician")


def test_the_practice_accepts(as_, case):
    clinician, at = as_("clinician"), f"cases/{case['reference']}"
    clinician.post(f"{at}/claim")
    clinician.post(f"{at}/return", {"reason": "Needs the GP who knows her"})

    refused = problem(clinician.post(f"{at}/acknowledge", {"note": "Dr Oak rings by 4pm"}))
    accepted = as_("duty").post(f"{at}/acknowledge", {"note": "Dr Oak rings by 4pm"})

    assert refused["status"] == 403
    assert (accepted.json()["state"], accepted.json()["owner"]) == ("claimed", "clinician")


def test_release_puts_the_case_back(as_, case):
    clinician, at = as_("clinician"), f"cases/{case['reference']}"
    clinician.post(f"{at}/claim")

    theirs = problem(as_("supervisor").post(f"{at}/claim"))
    released = clinician.post(f"{at}/release")

    assert (theirs["status"], theirs["code"]) == (409, "claimed")
    assert released.json()["state"] == "waiting"


def test_two_who_read_the_same_version_do_not_both_write(as_, case):
    clinician, at = as_("clinician"), f"cases/{case['reference']}"

    first = clinician.post(
        f"{at}/class", {"class": "P3", "reason": "x", "version": case["version"]}
    )
    second = problem(
        clinician.post(f"{at}/class", {"class": "P2", "reason": "y", "version": case["version"]})
    )
    header = problem(clinician.post(f"{at}/claim", {}, **{"if-match": f'"{case["version"]}"'}))

    assert first.status_code == 200
    assert (second["status"], second["code"]) == (409, "stale")
    assert (header["status"], header["code"]) == (412, "stale")


@pytest.mark.parametrize("verb", ["claim", "release", "return", "acknowledge"])
def test_only_clinicians_treat(as_, case, verb):
    told = problem(as_("receptionist").post(f"cases/{case['reference']}/{verb}", {}))

    assert (told["status"], told["code"]) == (403, "role")


def test_an_emergency_needs_only_a_phone_number_and_is_seen_at_once(as_):
    raised = as_("receptionist").post("emergencies", {"phone": "07700 900123", "where": "Car park"})
    seen = as_("clinician").get("emergencies").json()["results"]
    taken = as_("clinician").post(f"emergencies/{raised.json()['reference']}/acknowledge")

    assert raised.status_code == 201
    assert [row["reference"] for row in seen] == [raised.json()["reference"]]
    assert taken.json()["acknowledged_by"] == "Clinician"
    assert as_("clinician").get("emergencies").json()["results"] == []


def test_another_system_raises_an_emergency_for_its_practice(as_):
    raised = as_("client").post("emergencies", {"phone": "07700 900123"})

    assert (raised.status_code, raised.json()["practice"]) == (201, "Oak Surgery")
    assert problem(as_("manager").post("emergencies", {"phone": "07700 900123"}))["status"] == 403
    assert (
        problem(as_("duty").post("emergencies", {"phone": "12"}))["errors"][0]["field"] == "phone"
    )
