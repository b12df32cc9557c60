"""Many proposed moves: ten at once, each clinician's together, the others a page away."""

import uuid

import pytest
from django.urls import reverse

from appointments.models import Booking
from practices.doors import everywhere
from practices.models import Patient
from tests.crowded import booking_of, crowd, proposed
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import nodes, text_of, words
from triage.models import Proposal

__all__ = ["at_desk", "clock"]
PAGE = reverse("triage:proposals")


@pytest.fixture
def desk(world, acting, at_desk, now):
    """The practice's manager before 12 moves: 11 from Dr Oak's list, 1 from the hub's GP."""
    crowd(world, acting)
    nurse, free = world.slots("clinician")[8:], world.slots("supervisor")
    proposed(world, ann=nurse[0], zoe=nurse[1])
    zoe = booking_of(world, "zoe")
    with everywhere(because="the test's set-up", at=now):
        like = Proposal.objects.get(booking=zoe)
        for number, slot in enumerate(free[:10]):
            copied(like, zoe, slot, number)
    return at_desk("practice_manager")


def copied(like, booking, slot, number):
    """The same move of somebody else, to a place of its own."""
    patient = Patient.objects.get(pk=booking.patient_id)
    patient.person_key, patient.nhs_number, patient.family_name = (
        f"m{number}",
        None,
        f"Many{number}",
    )
    again(patient)
    theirs = Booking.objects.get(pk=booking.pk)
    theirs.patient, theirs.person_key = patient, f"m{number}"
    theirs.state, theirs.case_ref = "cancelled", ""
    again(theirs)
    move = Proposal.objects.get(pk=like.pk)
    move.booking, move.to_slot, move.case_ref = theirs, slot, ""
    again(move)


def again(row):
    """The row once more, as another one."""
    row.pk, row.public_id = None, uuid.uuid4()
    row.save(force_insert=True)


def shown(answer):
    """The headings of the clinicians, and how many moves."""
    page = answer.content.decode()
    found = [one for one in nodes(page) if one.name in {"h2", "h3"}]
    named = [words(str(one)) for one in found]
    return [one for one in named if one.startswith("From ")], [one.name for one in found].count(
        "h3"
    )


def test_ten_are_read_at_once_by_list_and_the_others_are_a_page_away(desk):
    first = desk.get(PAGE)
    second = desk.get(f"{PAGE}?moves=2")

    assert shown(first) == (["From Gp Oak"], 10)
    assert shown(second) == (["From Gp Oak", "From Supervisor"], 2)
    assert "Moves 1 to 10 of 12, by clinician." in text_of(first)
    assert "Moves 11 to 12 of 12, by clinician." in text_of(second)
    assert ("?moves=2" in first.content.decode(), "?moves=1" in second.content.decode()) == (
        True,
        True,
    )
    # All of one list are still said yes to together.
    assert "Read out all 11 moves from Gp Oak" in text_of(second)


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "9" * 40, "²"])
def test_an_address_of_no_page_is_one_that_there_is(desk, asked):
    answer = desk.get(PAGE, {"moves": asked})

    assert answer.status_code == 200
    assert shown(answer)[1] == (2 if asked == "99" else 10)


def test_a_refused_reason_stands_at_its_move_wherever_that_is(desk, now):
    with everywhere(because="the test looks", at=now):
        last = Proposal.objects.get(case_ref=Proposal.objects.order_by("id")[0].case_ref)

    answer = desk.post(reverse("triage:decline", args=[last.public_id]), {"reason": " "})

    assert answer.status_code == 422
    assert f'id="{last.public_id}_reason"' in answer.content.decode()
