"""An appointment planned ahead of any case is cancelled or moved at its patient's desk."""

from datetime import timedelta

import pytest
from django.test import Client

from appointments.actions import SessionWish, publish_session
from appointments.models import Booking, Move
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Message
from tests.cases import submitted
from tests.full_day import planned_ahead
from tests.pages.markup import text_of
from tests.pages.test_reception_places import desk, live, own_slot, reading
from tests.pages.test_undoing import undo_of
from tests.world import SETUP
from triage.models import Case
from triage.rules.codes import Need

__all__ = ["desk", "reading"]
DAY_AFTER = "?day=2026-12-02"


@pytest.fixture
def booking(world, now):
    """Zoë has her wound looked at by Dr Oak this morning."""
    planned_ahead(world, "zoe", world.slots("gp_oak")[-1], Need.WOUND_INJURY)
    return live(now)[0]


def _at(booking, step=""):
    return f"/triage/planned/{booking.public_id}/{step}"


def test_the_new_request_leads_to_it(desk, world, booking):
    page = desk.get(f"/triage/patients/{world.patients['zoe'].public_id}/new/").content.decode()

    assert f'<a href="{_at(booking)}">Cancel or move it</a>' in page


def test_it_is_cancelled_with_a_reason_and_once(desk, booking, now):
    asked = desk.post(_at(booking), {"once": "c1"}).content.decode()
    done = desk.post(_at(booking), {"because": "patient_better", "once": "c2"})
    page = desk.get(done["Location"]).content.decode()
    again = desk.post(_at(booking), {"because": "patient_asked", "once": "c3"}).content.decode()

    assert asked.count("Choose why it is cancelled") == 2
    assert "The appointment is cancelled, and the patient gets a message. Whom no message" in page
    assert "It is cancelled now" in page
    assert "This booking is already cancelled." in again
    with everywhere(because="the test looks", at=now):
        kept = Booking.objects.get()
        assert (kept.state, kept.ended_because) == ("cancelled", "patient_better")
        assert list(Message.objects.values_list("kind", flat=True)) == ["cancelled"]
        assert AuditEntry.objects.filter(verb="booking.cancelled").count() == 1


def test_it_is_moved_in_one_step(desk, world, booking, now):
    page = desk.get(_at(booking)).content.decode()
    done = desk.post(_at(booking, "move/"), {"slot": own_slot(world), "once": "m1"})
    after = desk.get(done["Location"]).content.decode()

    assert f'value="{own_slot(world)}"' in page
    assert "The appointment is moved, and the patient gets a message." in after
    with everywhere(because="the test looks", at=now):
        states = list(Booking.objects.order_by("id").values_list("state", "slot_id"))
        assert states == [("moved", world.slots("gp_oak")[-1].pk), ("booked", own_slot(world))]
        assert Move.objects.get().because == "patient_asked"
        assert list(Message.objects.values_list("kind", flat=True)) == ["changed"]
        assert not Case.objects.exists()


def test_a_move_is_undone(desk, world, booking, now):
    wish = {"slot": own_slot(world), "once": "m1"}
    moved = desk.post(_at(booking, "move/"), wish, follow=True)

    said = text_of(desk.post(undo_of(moved), follow=True))

    assert "Undone. The appointment is where it was" in said
    assert "12:45pm" in said
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.get(state="booked").slot_id == booking.slot_id
        assert list(Message.objects.values_list("kind", "state")) == [("changed", "superseded")]


def test_it_is_moved_to_another_day(desk, world, booking, acting, now):
    wish = SessionWish(
        clinician_id=world.clinicians["gp_oak"].pk,
        site_id=world.sites[world.oak.pk].pk,
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=1),
        practice_id=world.oak.pk,
    )
    session = perform(publish_session, by=SETUP, at=now, wish=wish)
    with everywhere(because="the test looks", at=now):
        slot = session.slots.order_by("starts_at").first()
    today, then = (desk.get(_at(booking) + asked).content.decode() for asked in ("", DAY_AFTER))

    desk.post(_at(booking, f"move/{DAY_AFTER}"), {"slot": slot.pk, "once": "m1"})

    assert f'<a href="{_at(booking)}{DAY_AFTER}#move">Wednesday 2</a>' in today
    assert f'value="{slot.pk}"' in then
    assert f'value="{slot.pk}"' not in today
    assert "Wednesday 2 December with Gp Oak" in then
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.get(state="booked").slot_id == slot.pk


@pytest.mark.parametrize(
    "asked", ["?day=2020-01-01", "?day=31/02/2026", "?day=", "?day=2026-12-99%00"]
)
def test_a_day_that_is_none_is_the_first_one(desk, booking, asked):
    assert (
        '<strong aria-current="true">Monday 30</strong>'
        in desk.get(_at(booking) + asked).content.decode()
    )


def test_a_day_without_a_place_says_so(desk, booking):
    page = desk.get(_at(booking) + "?day=2026-12-06").content.decode()

    assert "No time of this kind is free on Sunday 6 December. Choose another day." in page


def test_a_time_that_was_just_taken_leaves_it_where_it_is(desk, world, booking, now):
    planned_ahead(world, "tam", world.slots("gp_oak")[0], Need.WOUND_INJURY)

    page = desk.post(_at(booking, "move/"), {"slot": own_slot(world), "once": "m1"})

    assert page.content.decode().count("Taken at 9:30am") == 1
    with everywhere(because="the test looks", at=now):
        booking.refresh_from_db()
    assert booking.state == "booked"


def test_another_kind_of_place_is_refused(desk, world, booking, now):
    hub = world.slots("clinician")[0].pk

    page = desk.post(_at(booking, "move/"), {"slot": hub, "once": "m1"}).content.decode()

    assert "For another kind of appointment cancel this one" in page
    with everywhere(because="the test looks", at=now):
        booking.refresh_from_db()
    assert booking.state == "booked"


def test_one_of_a_case_is_changed_with_its_case(desk, world, booking, now):
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(case_ref="HR-2222-2222-22")

    answers = [
        desk.get(_at(booking)),
        desk.post(_at(booking), {"because": "patient_asked", "once": "c1"}),
        desk.post(_at(booking, "move/"), {"slot": own_slot(world), "once": "m1"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_who_cannot_change_it_is_not_led_there(desk, world, acting, now):
    planned_ahead(world, "zoe", world.slots("clinician")[-1], Need.WOUND_INJURY)
    booking = live(now)[0]
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)

    shown = {}
    for name in ("receptionist", "clinician"):
        client = Client()
        client.force_login(world.users[name])
        shown[name] = client.get(f"/triage/desk/{case.reference}/options/").content.decode()

    assert _at(booking) in shown["receptionist"]
    assert _at(booking) not in shown["clinician"]
    assert "Planned ahead: not changed here" in shown["clinician"]
