"""The network is back at 11:40am: what was written by hand is typed in, with its own times."""

import pytest

from practices.clock import on
from practices.doors import everywhere
from tests.invariants import broken
from tests.journeys.conftest import PHONE
from tests.journeys.steps import Steps
from tests.pages.browser import WIDTH
from triage.models import Case

PRINTED = ("sessions/", "queue/", "forms/", "enter/", "")


@pytest.fixture
def now(now):
    """The network came back."""
    return on(now.date(), 11, 40)


def _writes_the_head(desk, number, time):
    desk.fills_in("Number of the form or line", number)
    desk.fills_in("Time it happened", time)


def _finds_whose_sheet_it_is(desk):
    desk.opens("/triage/paper/")
    desk.follows("Enter what is on paper", to="**/paper/enter/")
    desk.fills_in("Find the patient", "oneil zoe")
    desk.follows("Find")
    desk.follows("Enter a request")


def _is_told_of_a_time_that_cannot_be_and_keeps_the_words(desk):
    _writes_the_head(desk, "K7M-3QX", "11:50am")
    desk.says_none_was_said()
    desk.picks_by_hand("Sore throat")
    desk.types("sore for four days")
    desk.follows("Enter it")
    desk.reads("The time must be in the past.")
    assert desk.page.get_by_label("own words").input_value() == "sore for four days"


def _enters_it(desk):
    desk.page.get_by_label("Time it happened").fill("9:12am")
    desk.follows("Enter it", to="**entered=1")
    desk.reads("Entered, with the time on the paper.")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sheet_is_typed_in_by_keyboard(seat, now, scripts):
    desk = seat("receptionist", scripts=scripts)
    steps = Steps("Paper is typed in")
    with steps.step(desk, "Whose sheet it is"):
        _finds_whose_sheet_it_is(desk)
    with steps.step(desk, "A time that cannot be is said, and the words are kept"):
        _is_told_of_a_time_that_cannot_be_and_keeps_the_words(desk)
    with steps.step(desk, "The time on the paper"):
        _enters_it(desk)
    desk.keeps(f"paper-entered-{'with' if scripts else 'without'}-scripts")

    print(steps.table())

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
    assert case.submitted_at == on(now.date(), 9, 12)
    assert broken(at=now) == []
    desk.found_no_barrier()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_printed_is_read_on_a_phone_without_pushing_sideways(seat, scripts):
    desk = seat("receptionist", scripts=scripts)
    desk.page.set_viewport_size(PHONE)

    wide = []
    for part in PRINTED:
        desk.opens(f"/triage/paper/{part}")
        desk.look()
        if scripts:
            wide += desk.runs_off()
        elif desk.page.evaluate(WIDTH) > PHONE["width"]:
            # Nothing folds the menu here, so nothing is waited for.
            wide.append(part)

    assert wide == []
    by_hand = desk.page.goto("/triage/paper/sessions/").text()
    assert "Print this page from your browser’s menu." in by_hand
    desk.found_no_barrier()
