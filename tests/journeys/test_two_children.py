"""A mother with two children: one call, linked cases, appointments side by side."""

from datetime import date

import pytest

from appointments.models import Booking
from practices.actions import person_key
from practices.doors import everywhere
from practices.models import Patient
from tests.invariants import broken
from tests.journeys.steps import Steps
from triage.models import Case

FINN, IVY = "hartley 5/5/2015", "hartley 1/9/2017"


@pytest.fixture
def siblings(committed_world, now):
    """Finn, eleven, and his sister Ivy, nine."""
    with everywhere(because="the test's set-up", at=now):
        finn = committed_world.patients["child"]
        finn.born_on = date(2015, 5, 5)
        finn.save(update_fields=["born_on"])
        Patient.objects.create(
            practice=committed_world.oak,
            nhs_number="9990000077",
            person_key=person_key("9990000077"),
            family_name="Hartley",
            given_name="Ivy",
            sort_name="hartley ivy",
            born_on=date(2017, 9, 1),
            sex="female",
            phone="07700 900123",
            address="2 Invented Street",
            postcode="ZZ99 3VZ",
        )


def _are_side_by_side(now):
    """One call, and one clinician sees the second child right after the first."""
    with everywhere(because="the test looks", at=now):
        first, second = Case.objects.order_by("id")
        one, other = Booking.objects.filter(state="booked").order_by("starts_at")
    assert second.linked_to_id == first.pk
    assert {first.caller_name, second.caller_name} == {"Mary Hartley"}
    assert (one.ends_at, one.clinician_id) == (other.starts_at, other.clinician_id)
    assert broken(at=now) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_two_children_are_seen_side_by_side(seat, siblings, now, scripts):
    desk = seat("receptionist", scripts=scripts)
    desk.finds(FINN)
    steps = Steps("Mother with two children")
    with steps.step(desk, "Books the first, and says who calls"):
        desk.says_none_was_said()
        desk.picks("Sore throat")
        _says_who_calls(desk)
        desk.types("Sore throat for four days")
        desk.keeps("two-children-first")
        desk.sends()
        desk.holds_the_best()
        desk.confirms()

    with steps.step(desk, "Finds the second in the same call"):
        desk.follows("Another patient in the same call", to="**/reception/**")
        desk.fills_in("Find the patient", IVY)
        with desk.page.expect_navigation():
            desk.presses("Enter")
        desk.reads("Same call as Finn Hartley")
    desk.keeps("two-children-second")
    with steps.step(desk, "Books the place beside"):
        desk.says_none_was_said()
        desk.picks("Sore throat")
        desk.types("The same as her brother")
        desk.sends()
        desk.reads("Beside Finn’s appointment")
        desk.keeps("two-children-beside")
        desk.holds_the_best()
        desk.confirms()
    print(steps.table())

    _are_side_by_side(now)
    desk.found_no_barrier()


def _says_who_calls(desk):
    desk.tab_to("The patient, alone")
    desk.presses("ArrowDown")
    desk.fills_in("Name of the caller", "Mary Hartley")
    desk.fills_in("Who they are to the patient", "Parent")
