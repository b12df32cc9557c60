"""Whoever calls without a right hears neither the patient's number nor time nor place."""

from practices.rules.phones import spoken
from tests.pages.test_calling import NEIGHBOUR, asks, desk, newest, page_of
from tests.pages.test_reception_places import held_by, own_slot

__all__ = ["desk"]


def said_on(page):
    """What is to be read aloud: what stands before anything that must be opened first."""
    return page.split('class="app-say">')[1].split("</p>")[0]


def test_a_neighbour_hears_that_it_is_read_and_no_number(desk, world, now):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)

    page = page_of(desk, newest(now))

    assert "I may not say more: we speak to the patient ourselves" in said_on(page)
    assert spoken(world.patients["zoe"].phone) not in said_on(page)
    assert "To the patient themselves" in page


def test_a_time_is_offered_to_the_patient_alone(desk, world, now):
    asks(desk, world.patients["zoe"], **NEIGHBOUR)
    case = newest(now)
    options = f"/triage/desk/{case.reference}/options/"

    hold = held_by(desk, lambda step: options.replace("options", step), own_slot(world), now)
    offered = desk.get(options).content.decode()
    booked = desk.post(options.replace("options", "book"), {"hold": hold, "once": "b1"})

    assert "Can they come to the phone?" in offered
    assert "I can offer you" not in offered
    assert "Say: “" not in offered
    assert booked.status_code == 302
    assert "You have an appointment" not in said_on(page_of(desk, case))


def test_control_the_patient_hears_the_number_and_the_time(desk, world, now):
    asks(desk, world.patients["zoe"])

    page = page_of(desk, newest(now))

    assert "will call you on 07700 900123" in said_on(page)
    assert "To the patient themselves" not in page
