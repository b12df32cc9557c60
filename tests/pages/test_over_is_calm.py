"""Over means calm: nothing of a closed emergency is red, late, or to be read now."""

from datetime import timedelta

import pytest

from practices.doors import perform
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.rules.codes import Need, Outcome

__all__ = ["at_desk", "clock"]
LOUD = ("Read these words now", "overdue", "app-priority--emergency", "nhsuk-card--care--emergency")
LATER = timedelta(minutes=10)


@pytest.fixture
def case(world, acting, now):
    """A flag was ticked, and the words speak of one too."""
    said = {"words": "Bad chest pain, slurred speech", "red_flags": ("heart_attack",)}
    return submitted(world, acting, "zoe", Need.OTHER, at=now, **said)


def ended(case, world, acting, at):
    by, which = acting(world, "clinician"), {"reference": case.reference, "at": at}
    perform(actions.claim, by=by, **which)
    wish = actions.OutcomeWish(
        Outcome.AMBULANCE, taken_by="Crew 12", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, by=by, wish=wish, **which)


@pytest.mark.parametrize(
    ("name", "page", "loud"),
    [
        ("clinician", "/triage/cases/{}/", {*LOUD}),
        ("clinician", "/triage/queue/?state=closed&state=waiting", {"overdue", LOUD[2]}),
        ("receptionist", "/triage/desk/{}/", {"overdue", LOUD[3]}),
    ],
)
def test_a_closed_emergency_shows_no_alarm(world, acting, case, at_desk, now, name, page, loud):
    where = page.format(case.reference)
    open_page = text_of(at_desk(name, now + LATER).get(where))
    ended(case, world, acting, now + LATER)
    closed_page = text_of(at_desk(name, now + LATER).get(where))

    assert {one for one in LOUD if one in open_page} >= loud
    assert [one for one in LOUD if one in closed_page] == []


def test_what_was_said_and_ticked_stays_in_words(world, acting, case, at_desk, now):
    ended(case, world, acting, now)

    page = text_of(at_desk("clinician").get(f"/triage/cases/{case.reference}/"))

    assert "Ticked as a red flag: Chest pain or tightness, or pain to arm or jaw (999)." in page
    assert "Bad chest pain, slurred speech" in page
