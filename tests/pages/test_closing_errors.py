"""All that is missing where a case is ended is said at once."""

import pytest

from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, case, claimed, text_of
from tests.pages.test_clinic_times import emergency

__all__ = ["at_desk", "case", "claimed", "clock", "emergency"]
RECORD = "Choose which record you viewed"
TAKEN = "Enter who took over"
NET = "Enter what to watch for, and what the patient does if it gets worse"
NOT_SO = "An emergency ends with who took over, or saw the patient."


def closes(at_desk, case, **said):
    client = at_desk("clinician")
    client.post(address(case, "claim/"), {"once": "1"})
    answer = client.post(address(case, "close/"), {"once": "2"} | CLOSING | said)
    summary = answer.content.decode().partition("nhsuk-error-summary__list")[2]
    return answer.status_code, [one for one in (RECORD, TAKEN, NET, NOT_SO) if one in summary]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"outcome": "ambulance", "record_viewed": "", "taken_by": ""}, [RECORD, TAKEN]),
        ({"outcome": "ambulance", "taken_by": " . "}, [TAKEN]),
        ({"outcome": "home_visit", "record_viewed": ""}, [RECORD, NOT_SO]),
    ],
)
def test_of_an_emergency(at_desk, emergency, said, faults):
    assert closes(at_desk, emergency, **said) == (422, faults)


def test_of_any_other_case(at_desk, claimed):
    said = {"outcome": "home_visit", "record_viewed": "", "safety_net": ""}

    assert closes(at_desk, claimed, **said) == (422, [RECORD, NET])


def test_nothing_more_is_asked_before_there_is_an_outcome(at_desk, claimed):
    status, faults = closes(at_desk, claimed, outcome="", record_viewed="", safety_net="")

    assert (status, faults) == (422, [])
    page = at_desk("clinician").get(address(claimed))
    assert "Choose an outcome" not in text_of(page)
