"""What a patient has booked already is said before another place is."""

from datetime import timedelta

from appointments.models import Booking
from appointments.queries import coming_bookings
from practices.doors import everywhere, opened, perform
from practices.presenters import time_words
from tests.cases import submitted
from tests.full_day import planned_ahead
from tests.pages.test_reception_places import at, case, desk, held_by, live, own_slot, reading
from triage import actions
from triage.rules.codes import Need

__all__ = ["at", "case", "desk", "reading"]
CHECK = "Check whether a second one is needed"


def new(world, who="zoe"):
    return f"/triage/patients/{world.patients[who].public_id}/new/?other=1"


def words_of(world, session, place):
    slot = world.slots(session)[-1]
    with everywhere(because="the test looks", at=world.at):
        name = slot.clinician.user.name
    return f"Has an appointment today at {time_words(slot.starts_at)} with {name}, {place}."


def test_one_planned_ahead_is_said_on_both_pages(desk, world, at):
    planned_ahead(world, "zoe", world.slots("gp_oak")[-1], Need.WOUND_INJURY)

    pages = [desk.get(address).content.decode() for address in (new(world), at())]

    for page in pages:
        assert words_of(world, "gp_oak", "Oak Surgery") in page
        assert "/triage/planned/" in page
        assert page.count(CHECK) == 1
    assert pages[1].index(CHECK) < pages[1].index("app-places")


def test_one_of_another_case_leads_to_where_it_is_changed(desk, world, at, acting, now):
    slot = world.slots("clinician")[-1]
    ear = submitted(world, acting, "zoe", Need.EAR_PAIN, at=now, red_flags_asked=True)
    wish = {"reference": ear.reference, "slot_id": slot.pk, "overflow_reason": "patient_choice"}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    for address in (new(world), at()):
        page = desk.get(address).content.decode()
        assert words_of(world, "clinician", "Riverside hub") in page
        assert f'<a href="/triage/desk/{ear.reference}/">Cancel or move it</a>' in page
        assert "/triage/planned/" not in page


def test_of_many_the_card_has_room_for_two_and_the_list_names_all(desk, world, at):
    for slot in world.slots("gp_oak")[-4:]:
        planned_ahead(world, "zoe", slot, Need.WOUND_INJURY)

    card, places = (desk.get(address).content.decode() for address in (new(world), at()))

    assert card.count("Has an appointment") == 2
    assert "And 2 more in the next 14 days" in card
    assert places.count("Has an appointment") == 4
    assert "more in the next" not in places


def test_nothing_booked_nothing_said(desk, world, at):
    planned_ahead(world, "tam", world.slots("gp_oak")[-1], Need.WOUND_INJURY)

    assert CHECK not in desk.get(new(world)).content.decode()
    assert CHECK not in desk.get(at()).content.decode()


def test_the_one_that_is_being_moved_is_not_a_second_one(desk, world, at, now):
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b1"})

    assert CHECK not in desk.get(at()).content.decode()
    assert CHECK in desk.get(new(world)).content.decode()


def test_a_second_one_may_still_be_booked(desk, world, at, now):
    planned_ahead(world, "zoe", world.slots("gp_oak")[-1], Need.WOUND_INJURY)

    hold = held_by(desk, at, own_slot(world), now)
    why = {"asks_twice": "yes", "overlap": "patient_choice"}
    desk.post(at("book"), {"hold": hold, "once": "b1"} | why)

    assert len(live(now, state="booked")) == 2


def test_from_today_for_a_fortnight_and_only_what_stands(world, acting, now):
    slot = world.slots("gp_oak")[-1]
    planned_ahead(world, "zoe", slot, Need.WOUND_INJURY)
    oak, elm = (acting(world, who).reach for who in ("receptionist", "receptionist_elm"))

    def seen(reach=oak, at=now):
        with opened(reach, at=at):
            return len(coming_bookings(world.patients["zoe"].pk, at=at))

    assert seen() == 1
    assert seen(at=slot.ends_at - timedelta(minutes=1)) == 1
    assert seen(at=slot.ends_at) == 0
    assert seen(at=now - timedelta(days=14)) == 1
    assert seen(at=now - timedelta(days=15)) == 0
    assert seen(reach=elm) == 0
    for state, stands in (("arrived", 1), ("cancelled", 0), ("missed", 0)):
        with everywhere(because="the test's set-up", at=now):
            Booking.objects.update(state=state)
        assert seen() == stands
