"""A booking is moved or cancelled from the desk's page, and by nobody next door."""

from datetime import timedelta

import pytest
from django.test import Client

from practices.doors import everywhere, perform
from practices.models import Message
from tests.full_day import booked
from tests.pages.markup import text_of
from tests.pages.test_reception_places import at, case, desk, held_by, live, own_slot, reading
from tests.pages.test_undoing import undo_of
from triage.actions.attending import attend

__all__ = ["at", "case", "desk", "reading"]


def test_a_booking_is_moved_in_one_step(desk, world, at, case, now):
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b7"})
    booked = live(now, state="booked")[0]

    page = desk.get(at()).content.decode()
    answer = desk.post(
        at("move"), {"slot": own_slot(world, 3), "booking": booked.public_id, "once": "m1"}
    )

    assert "Move the appointment" in page
    after = desk.get(answer["Location"]).content.decode()
    assert "It is today at 10am with Gp Oak, Oak Surgery." in page
    assert answer["Location"] == f"/triage/desk/{case.reference}/"
    assert after.count("The appointment is moved") == 1
    assert [row.slot_id for row in live(now, state="booked")] == [own_slot(world, 3)]


@pytest.fixture
def moved(desk, world, at, now):
    """The page after the move, which offers to undo it."""
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b7"})
    wish = {"booking": live(now, state="booked")[0].public_id, "once": "m1"}
    return desk.post(at("move"), wish | {"slot": own_slot(world, 3)}, follow=True)


def test_a_move_is_undone_in_one_step_and_once(desk, world, moved, now):
    address = undo_of(moved)

    said = text_of(desk.post(address, {"once": address}, follow=True))
    again = text_of(desk.post(address, {"once": address}, follow=True))

    assert "Undone. The appointment is where it was" in said
    assert "Undone: booking moved" in said
    assert "Not sent: it was taken back before it left" in said
    assert "Not undone" not in again
    assert [row.slot_id for row in live(now, state="booked")] == [own_slot(world)]


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (0, "You have an appointment at 10am today"),
        (0.5, "Your appointment is now: it is from 10am today"),
        (9, "Your appointment was at 10am today, face to face with Gp Oak"),
    ],
)
def test_what_is_over_is_not_said_to_be_still_to_come(
    desk, world, at, case, reading, now, hours, says
):
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b8"})
    reading[0] = now + timedelta(hours=hours)

    said = text_of(desk.get(f"/triage/desk/{case.reference}/"))

    assert says in said
    assert ("If it gets worse before then" in said) is (hours == 0)
    assert ("Were you seen?" in said) is (hours > 1)


def test_a_move_to_be_undone_too_late_says_so(desk, world, moved, reading, now):
    reading[0] = now + timedelta(seconds=11)

    said = text_of(desk.post(undo_of(moved), follow=True))

    assert "Not undone. The 10 seconds to undo this have passed. To have another time" in said
    assert [row.slot_id for row in live(now, state="booked")] == [own_slot(world, 3)]


def test_the_place_was_taken_meanwhile(desk, world, acting, moved, now):
    booked(world, acting, "tam", world.slots("gp_oak")[0])

    said = text_of(desk.post(undo_of(moved), follow=True))

    assert "Not undone. Somebody has taken the old place meanwhile." in said
    zoe = live(now, state="booked", patient=world.patients["zoe"])
    assert [row.slot_id for row in zoe] == [own_slot(world, 3)]


def told(now):
    with everywhere(because="the test looks", at=now):
        return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_i50_a_booking_is_cancelled_with_a_reason_and_once(desk, world, at, case, now):
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b8"})
    cancel = f"/triage/bookings/{live(now, state='booked')[0].public_id}/cancel/"

    asked = desk.post(cancel, {"once": "c1"}).content.decode()
    done = desk.post(cancel, {"because": "patient_asked", "once": "c2"})
    before = told(now)
    again = desk.post(cancel, {"because": "patient_asked", "once": "c3"}).content.decode()

    assert asked.count("Choose why it is cancelled") == 2
    assert done["Location"] == f"/triage/desk/{case.reference}/?just=cancelled"
    assert "This booking is already cancelled." in again
    assert [row.state for row in live(now)] == ["cancelled"]
    assert told(now) == before


def test_i50_who_was_seen_is_not_cancelled_and_hears_nothing(desk, world, at, acting, reading, now):
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b9"})
    (booked,) = live(now, state="booked")
    reading[0] = booked.starts_at
    wish = {"public_id": str(booked.public_id)}
    perform(attend, by=acting(world, "gp_oak"), at=booked.starts_at, **wish)
    before = told(now)

    cancel = f"/triage/bookings/{booked.public_id}/cancel/"
    page = desk.post(cancel, {"because": "patient_asked", "once": "c4"}).content.decode()

    assert "This booking is already attended." in page
    assert "<title>Error: " in page
    assert [row.state for row in live(now)] == ["attended"]
    assert told(now) == before


def test_another_practice_s_case_is_absent_on_every_step(world, at, case, reading, now, acting):
    elm = Client()
    elm.force_login(world.users["receptionist_elm"])

    steps = ["options", "hold", "let-go", "book", "way", "move"]
    body = {"slot": own_slot(world), "hold": "6c0c0e0e-0000-4000-8000-000000000001", "way": "duty"}
    answers = {step: elm.post(at(step), body).status_code for step in steps[1:]}

    assert elm.get(at()).status_code == 404
    assert elm.get(f"/triage/desk/{case.reference}/").status_code == 404
    assert set(answers.values()) == {404}
