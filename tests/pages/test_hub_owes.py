"""What the hub still owes when the one who opened it has gone: everybody there reads it."""

import pytest

from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.pages.test_handovers import close_with
from triage.rules.codes import Outcome, Urgency
from triage.rules.handovers import answer_due

__all__ = ["at_desk", "clock", "close_with"]
SUPERVISING, HUB_DAY, ALL_CLEAR = "/triage/supervising/", "/triage/hub-day/", "/triage/all-clear/"
LATE = "What the hub owes is late: 1 handover nobody has accepted"


@pytest.fixture
def referred(close_with):
    """The hub's clinician sent the patient to an urgent treatment centre, and has gone home."""
    return close_with(Outcome.URGENT_TREATMENT)


def test_the_supervisor_reads_what_others_opened(referred, at_desk):
    page = text_of(at_desk("supervisor").get(SUPERVISING))

    assert "What the hub owes (1)" in page
    assert referred.reference in page


def test_it_calls_on_every_page_of_theirs_once_it_is_late(referred, at_desk, now):
    due = answer_due(Outcome.URGENT_TREATMENT, Urgency(f"P{referred.urgency}"), now)

    early = text_of(at_desk("supervisor").get("/triage/queue/"))
    late = text_of(at_desk("supervisor", at=due).get("/triage/queue/"))

    assert (LATE in early, LATE in late) == (False, True)
    assert LATE not in text_of(at_desk("clinician", at=due).get("/triage/queue/"))


@pytest.mark.parametrize("who", ["supervisor", "manager"])
def test_it_is_said_before_the_hub_is_closed(referred, at_desk, who):
    page = text_of(at_desk(who).get(HUB_DAY))

    assert "The hub still owes: 1 handover that nobody has accepted" in page
    assert "1 end not written in the record" in page
    assert "Close the hub for today" in page


def test_an_end_in_no_record_stands_on_the_supervisors_page_and_on_the_practices(
    close_with, at_desk, now
):
    case = close_with(Outcome.ADVICE)
    line = f"born 24 December 1950: {Outcome.ADVICE.label}, by Clinician at 9:30am"

    for who, address in (("supervisor", SUPERVISING), ("receptionist", ALL_CLEAR)):
        page = text_of(at_desk(who).get(address))
        assert "Not written in the record yet (1)" in page
        assert line in page
        assert case.reference in page
