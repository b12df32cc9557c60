"""Monday at eight: one call after another, and a hub without a place; nobody is lost."""

import re

import pytest
from playwright.sync_api import expect

from practices import clock
from practices.clock import on
from practices.doors import everywhere
from tests.full_house import fill
from tests.invariants import broken
from tests.journeys.steps import Steps
from triage.models import Case

PAPERWORK = "Paperwork: fit note, repeat, results, letter"


@pytest.fixture
def now(now, monkeypatch):
    """Eight o'clock, when the phones open."""
    eight = on(now.date(), 8)
    monkeypatch.setattr(clock, "now", lambda: eight)
    return eight


@pytest.fixture
def full_hub(committed_world):
    """Oak and the hub have no place left today."""
    fill(committed_world, "gp_oak", of=committed_world.oak)
    fill(committed_world, "clinician", of=committed_world.oak)
    fill(committed_world, "supervisor", of=committed_world.elm)


def answers(steps, desk, typed, need, words, *, to="**/options/"):
    """One call, from the patient to where they may go."""
    desk.finds(typed)
    desk.starts_counting()
    with steps.step(desk, f"{need}: asks, types, sends"):
        desk.says_none_was_said()
        desk.picks(need)
        desk.types(words)
        desk.sends(to=to)


def books(steps, desk):
    with steps.step(desk, "Holds the best place, and books it"):
        desk.holds_the_best()
        desk.confirms()


def test_monday_at_eight(seat, committed_world, now):
    desk = seat("receptionist")
    steps = Steps("Monday 8:00 rush")
    when_a_sore_throat_is_booked(steps, desk)
    when_a_letter_is_asked_for(steps, desk)
    when_the_first_calls_again(steps, desk)
    without_scripts = seat("receptionist", scripts=False)
    when_another_is_booked_without_scripts(steps, without_scripts)
    when_the_letter_is_written(steps, without_scripts)
    clinician = seat("clinician")
    when_a_clinician_calls_the_first(steps, clinician)
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        cases = list(Case.objects.order_by("id").values_list("need", "lane", "state"))
    assert cases == [
        ("sore_throat", "hub", "booked"),
        ("admin", "practice", "closed"),
        ("ear_pain", "hub", "booked"),
    ]
    assert broken(at=now) == []
    desk.found_no_barrier()
    clinician.found_no_barrier()


def when_a_sore_throat_is_booked(steps, desk):
    answers(steps, desk, "o'neil 14/3/1985", "Sore throat", "For four days")
    books(steps, desk)
    assert (desk.interactions, desk.loads) == (6, 2)
    assert desk.scrolled == []


def when_a_letter_is_asked_for(steps, desk):
    case = "**/desk/HR-*/**"
    answers(steps, desk, "nguyen 24/12/1950", PAPERWORK, "A copy of a letter", to=case)
    desk.keeps("rush-paperwork")


def when_the_first_calls_again(steps, desk):
    desk.finds("o'neil 14/3/1985")
    with steps.step(desk, "The first calls again"):
        desk.follows("They call about this again")
        desk.says_none_was_said()
        desk.types("Worse, and cannot swallow water")
        desk.sends(to="**/desk/HR-*/**")
    desk.keeps("rush-again")


def when_another_is_booked_without_scripts(steps, desk):
    answers(steps, desk, "o'neil 2/7/2001", "Ear pain", "Since last night")
    books(steps, desk)


def when_the_letter_is_written(steps, desk):
    desk.opens("/triage/tasks/")
    with steps.step(desk, "The letter is written, and the task ended"):
        desk.follows("I take it")
        desk.fills_in("What you did", "Copied and posted")
        desk.follows("Done")


def when_a_clinician_calls_the_first(steps, clinician):
    clinician.opens("/triage/queue/")
    with steps.step(clinician, "A clinician calls who called again: the place is soon enough"):
        clinician.follows("Next for me", to="**/cases/**")
        clinician.reads("Worse, and cannot swallow water")
        clinician.follows("They answered")
        clinician.follows("Sign it as")
        clinician.follows("Keep the appointment as it is")
        clinician.reads("The appointment stays as it is")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_full_hub_says_so_and_the_case_stays_owned(seat, committed_world, full_hub, now, scripts):
    desk = seat("receptionist", scripts=scripts)
    steps = Steps("Hub full" if scripts else "Hub full, no scripts")
    answers(steps, desk, "o'neil 14/3/1985", "Sore throat", "For four days")
    desk.keeps("hub-full")
    with steps.step(desk, "Reads why no place is left"):
        desk.unfolds("Why not somewhere else?")
        for house in ("Oak Surgery", "Riverside hub"):
            line = desk.page.locator(".app-impossible").filter(has_text=house)
            expect(line).to_contain_text("No place is free before it is due, 8pm today")
    with steps.step(desk, "Chooses a clinician's call"):
        desk.follows("Choose: Wait for a clinician’s call")
    desk.keeps("hub-full-callback")
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get()
    assert (case.state, case.hub_id) == ("waiting", committed_world.hub.pk)
    assert case.due_at is not None

    clinician = seat("clinician", scripts=scripts)
    with steps.step(clinician, "A clinician calls, and gives advice"):
        clinician.follows("Next for me", to="**/cases/**")
        clinician.closes_with("Advice given", record="Shared", spoke="The patient, by phone")
    with steps.step(desk, "The practice reads it under All clear"):
        desk.follows("All clear")
        row = desk.page.get_by_role("row").filter(has_text="O'Neil, Zoë")
        expect(row).to_contain_text(re.compile(r"Advice given at 8(:\d\d)?am"))
    print(steps.table())

    assert broken(at=now) == []
    desk.found_no_barrier()
    clinician.found_no_barrier()
