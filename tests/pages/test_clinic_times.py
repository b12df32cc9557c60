"""A case's time and its end, as the clinician's page says them."""

from datetime import timedelta

import pytest

from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, case, claimed, fresh, text_of
from triage.rules.codes import Need

__all__ = ["at_desk", "case", "claimed", "clock"]


@pytest.fixture
def emergency(world, acting, now):
    return submitted(
        world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"outcome": "ambulance", "taken_by": "Crew 12"},
            "Safety net</h2> <p>Ring if worse</p>",
        ),
        (
            {"outcome": "ambulance", "safety_net": "", "taken_by": "Crew 12"},
            "No safety net was given",
        ),
    ],
)
def test_a_closed_case_shows_what_the_patient_was_told(emergency, at_desk, said, sentence):
    client = at_desk("clinician")
    client.post(address(emergency, "claim/"), {"once": "1"})
    before = text_of(client.get(address(emergency)))

    client.post(address(emergency, "close/"), {"once": "2"} | CLOSING | said)

    assert "Safety net</h2>" not in before
    assert sentence in text_of(client.get(address(emergency)))


def test_nobody_is_told_to_ask_about_a_case_that_is_closed(claimed, at_desk):
    client = at_desk("clinician")
    before = text_of(client.get(address(claimed)))

    client.post(address(claimed, "close/"), {"once": "1"} | CLOSING)
    after = text_of(client.get(address(claimed)))

    assert "The red-flag questions were not asked. Ask them." in before
    assert "The red-flag questions were not asked." in after
    assert "Ask them" not in after


def test_in_an_emergency_no_usual_words_stand_in_the_safety_net(emergency, claimed, at_desk):
    client = at_desk("clinician")
    client.post(address(emergency, "claim/"), {"once": "1"})

    pages = [text_of(client.get(address(one))) for one in (emergency, claimed)]

    assert ["It may take some days" in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(0, ">now<"), (119, ">now<"), (121, "overdue by 1 minute"), (400, "overdue by 5 minutes")],
)
def test_an_emergency_is_now_and_then_overdue(emergency, at_desk, now, seconds, sentence):
    """U08: overdue by how much, in words."""
    later = now + timedelta(seconds=seconds)

    said = text_of(at_desk("clinician", at=later).get(address(emergency)))

    assert sentence in said


def test_the_last_minute_is_due_now(claimed, at_desk, clock):
    client = at_desk("clinician")
    clock(claimed.due_at - timedelta(seconds=30))

    said = text_of(client.get(address(claimed)))

    assert ("due now" in said, "0 minutes left" in said) == (True, False)


def test_a_practice_that_accepts_without_a_word_is_asked_for_one(claimed, at_desk, now):
    at_desk("clinician").post(
        address(claimed, "hand-back/"), {"once": "1", "reason": "Known to your nurse"}
    )

    answer = at_desk("duty").post(address(claimed, "accept-back/"), {"once": "2", "note": ""})

    assert answer.status_code == 422
    assert "Enter who takes this, and by when" in text_of(answer)
    assert fresh(claimed, now).state == "handed_back"
