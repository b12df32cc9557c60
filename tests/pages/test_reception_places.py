"""Where? The list, the hold, the booking, and what happens when somebody was quicker."""

from datetime import timedelta

import pytest
from django.test import Client

from appointments.models import Booking, Slot
from practices import clock
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.pages.markup import elements
from triage import actions
from triage.models import Case, Note, RouteDecision
from triage.rules.codes import Need


@pytest.fixture
def reading(monkeypatch, now):
    """What the application's clock reads; a test may put it on."""
    told = [now]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


@pytest.fixture
def desk(world, reading):
    """A signed-in receptionist of Oak Surgery."""
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def case(world, acting, now):
    """A sore throat that may be booked at the desk."""
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


@pytest.fixture
def at(case):
    """The address of a step of the case."""
    return lambda step="options": f"/triage/desk/{case.reference}/{step}/"


def own_slot(world, number=0):
    return world.slots("gp_oak")[number].pk


def hub_slot(world, number=0):
    return world.slots("clinician")[number].pk


def live(now, **facts):
    with everywhere(because="the test looks", at=now):
        return list(Booking.objects.filter(**facts).order_by("id"))


def held_by(desk, at, slot, now):
    """The slot is held for the case; its public id."""
    desk.post(at("hold"), {"slot": slot})
    return live(now, state="held")[-1].public_id


def test_the_list_ranks_the_own_practice_first_and_says_why(desk, world, at, acting, now):
    page = desk.get(at()).content.decode()

    assert page.index("Oak Surgery, face to face") < page.index("Riverside hub, face to face")
    assert "Hub, 6 minutes away" in page
    assert "20 of the practice&#x27;s own share left" in page
    assert "Wait for a clinician’s call" in page
    assert "Duty clinician of Oak Surgery" in page
    with opened(acting(world, "receptionist").reach, at=now):
        looks = AuditEntry.objects.filter(verb="patient.viewed")
        assert [row.facts["page"] for row in looks] == ["options"]


def test_what_waits_for_a_clinician_cannot_be_booked_and_says_so(desk, world, acting, now):
    waiting = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)

    page = desk.get(f"/triage/desk/{waiting.reference}/options/").content.decode()

    assert "Skin or rash waits for a clinician: it has no protocol" in page
    assert "Why not somewhere else?" in page
    assert 'name="slot"' not in page


@pytest.mark.parametrize("slots", [1, 3])
def test_the_list_costs_the_same_however_many_slots_are_free(
    desk, world, at, now, slots, django_assert_num_queries
):
    with everywhere(because="the test's set-up", at=now):
        kept = [slot.pk for name in ("gp_oak", "clinician") for slot in world.slots(name)[:slots]]
        Slot.objects.exclude(pk__in=kept).update(status="withdrawn")

    with django_assert_num_queries(38):
        desk.get(at())


def test_a_hold_counts_down_and_says_what_to_offer(desk, world, at, now):
    answer = desk.post(at("hold"), {"slot": own_slot(world)})

    page = desk.get(answer["Location"]).content.decode()
    assert 'data-hold-until="2026-11-30T09:32:00+00:00"' in page
    assert "Held until 9:32am, for 2 minutes" in page
    assert "I can offer you 10am today, face to face, with Gp Oak at Oak Surgery" in page


def test_a_hold_is_extended_to_five_minutes_at_most(desk, world, at, reading, now):
    for minutes in (0, 1.5, 3, 4.5):
        reading[0] = now + timedelta(minutes=minutes)
        desk.post(at("hold"), {"slot": own_slot(world)})

    assert [row.expires_at - now for row in live(now, state="held")] == [timedelta(minutes=5)]


def test_another_time_lets_the_first_one_go(desk, world, at, now):
    desk.post(at("hold"), {"slot": own_slot(world)})
    desk.post(at("hold"), {"slot": hub_slot(world)})

    assert [row.slot_id for row in live(now, state="held")] == [hub_slot(world)]


def test_a_place_is_let_go(desk, world, at, now):
    desk.post(at("hold"), {"slot": own_slot(world)})

    assert desk.post(at("let-go")).status_code == 302
    assert live(now, state="held") == []


def test_a_part_of_the_page_comes_back_where_a_part_is_asked_for(desk, world, at):
    desk.post(at("hold"), {"slot": own_slot(world)})

    part = desk.get(at(), headers={"hx-request": "true"}).content.decode()

    assert part.lstrip().startswith('<div id="board"')
    assert "Book it" in part


def test_the_booking_is_confirmed_and_the_text_is_queued(desk, world, at, case, now):
    hold = held_by(desk, at, own_slot(world), now)

    answer = desk.post(at("book"), {"hold": hold, "once": "b1"})

    assert answer["Location"] == f"/triage/desk/{case.reference}/?just=booked"
    page = desk.get(answer["Location"]).content.decode()
    assert "Booked: Monday 30 November, 10am" in page
    assert "Text to 07700 900123" in page
    assert "Waiting to be sent" in page
    assert [row.overflow_reason for row in live(now, state="booked")] == [""]


def test_the_hub_while_we_have_room_needs_a_reason_and_keeps_it(desk, world, at, now):
    hold = held_by(desk, at, hub_slot(world), now)

    asked = desk.get(at()).content.decode()
    missing = desk.post(at("book"), {"hold": hold, "asks_overflow": "yes"}).content.decode()
    desk.post(
        at("book"),
        {"hold": hold, "asks_overflow": "yes", "overflow_reason": "patient_choice", "once": "b2"},
    )

    assert "Why not at their own practice?" in asked
    assert missing.count("Choose why not at their own practice") == 2
    assert "<title>Error: Find a place" in missing
    assert [row.overflow_reason for row in live(now, state="booked")] == ["patient_choice"]


def test_where_nothing_can_be_held_no_time_is_asked_for(desk, world, at, acting, now):
    bookable = desk.get(at()).content.decode()
    rash = submitted(world, acting, "tam", Need.SKIN_RASH, at=now, red_flags_asked=True)
    waits = desk.get(f"/triage/desk/{rash.reference}/options/").content.decode()

    assert "Choose a time: it is held for 2 minutes" in bookable
    assert "Choose a time" not in waits
    assert "No time can be booked for them now: choose a way on the list." in waits


def test_held_again_the_place_keeps_the_reason(desk, world, at, now):
    held_by(desk, at, hub_slot(world), now)
    wish = {"slot": hub_slot(world), "asks_overflow": "yes", "overflow_reason": "patient_choice"}

    part = desk.post(at("hold"), wish, headers={"hx-request": "true"}).content.decode()

    (chosen,) = [one for one in elements(part, "input") if "checked" in one]
    assert (chosen["name"], chosen["value"]) == ("overflow_reason", "patient_choice")


def test_the_hub_when_we_are_full_is_not_asked_about(desk, world, at, now):
    with everywhere(because="the test's set-up", at=now):
        Slot.objects.filter(practice_id=world.oak.pk).update(status="withdrawn")

    hold = held_by(desk, at, hub_slot(world), now)
    page = desk.get(at()).content.decode()
    desk.post(at("book"), {"hold": hold, "once": "b3"})

    assert "Why not at their own practice?" not in page
    assert [row.overflow_reason for row in live(now, state="booked")] == ["own_full"]


def test_i32_a_lost_race_says_so_with_the_next_free_times(desk, world, at, acting, now):
    rival = submitted(world, acting, "tam", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": rival.reference, "slot_id": own_slot(world)}
    perform(actions.hold, by=acting(world, "receptionist"), at=now, **wish)

    page = desk.post(at("hold"), {"slot": own_slot(world)}).content.decode()

    assert "Taken at 9:30am. Next free: 10am today at Riverside hub, " in page
    assert "<title>Error: Find a place" in page


def test_a_hold_that_ran_out_keeps_the_case_and_offers_the_next_times(
    desk, world, at, case, reading, now
):
    hold = held_by(desk, at, own_slot(world), now)
    reading[0] = now + timedelta(minutes=2, seconds=1)

    page = desk.post(at("book"), {"hold": hold, "once": "b4"}).content.decode()

    assert "The hold ran out. Choose again." in page
    assert "Next free: 10am today" in page
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=case.pk).state == "waiting"


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (0, "This person already has an appointment at that time."),
        (4, "This person already has an appointment that day, at 11am."),
    ],
)
def test_i45_two_appointments_on_one_day_ask_why_once(desk, world, at, acting, now, later, said):
    other = submitted(world, acting, "zoe", Need.EAR_PAIN, at=now, red_flags_asked=True)
    wish = {"reference": other.reference, "slot_id": hub_slot(world, later), "at": now}
    perform(actions.book, by=acting(world, "receptionist"), **wish)
    hold = held_by(desk, at, own_slot(world), now)
    why = {"hold": hold, "once": "b6", "asks_twice": "yes", "overlap": "clinical_need"}
    refused = desk.post(at("book"), {"hold": hold, "once": "b5"}).content.decode()
    told = desk.post(at("book"), why)

    assert said in refused
    assert "Why book both?" in refused
    assert told.status_code == 302
    assert len(live(now, state="booked")) == 2


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "１２"])
def test_a_slot_that_is_none_is_refused_in_words(desk, at, typed):
    page = desk.post(at("hold"), {"slot": typed})

    assert page.status_code == 200
    assert "Choose an appointment." in page.content.decode()


def test_a_way_without_a_slot_is_on_record_and_says_a_true_sentence(
    desk, world, at, case, reading, now
):
    reading[0] = world.slots("gp_oak")[0].starts_at
    answer = desk.post(at("way"), {"way": "duty", "once": "w1"})

    page = desk.get(answer["Location"]).content.decode()
    assert "The duty clinician of Oak Surgery has your request and will call you on" in page
    assert "Help called for from the duty clinician" in page
    with everywhere(because="the test looks", at=now):
        assert RouteDecision.objects.get().chosen["kind"] == "duty"
        assert Case.objects.get(pk=case.pk).state == "waiting"
        said = Note.objects.filter(case=case, kind=Note.Kind.REASON).values_list("text", flat=True)
        assert list(said) == ["Told at the desk: Duty clinician"]


def test_where_nobody_is_on_duty_the_desk_reads_out_who_has_it_instead(desk, world, at, case):
    offered = desk.get(at()).content.decode()
    answer = desk.post(at("way"), {"way": "duty", "once": "w1"})

    page = desk.get(answer["Location"]).content.decode()
    assert "Your request is on the duty list of Oak Surgery and with Riverside hub." in offered
    assert "Your request is on the duty list of Oak Surgery and with Riverside hub." in page
    assert "The duty clinician of Oak Surgery has your request" not in page


def test_who_is_with_a_clinician_is_told_so_and_not_that_duty_has_it(
    desk, world, acting, at, case, now
):
    desk.post(at("way"), {"way": "duty", "once": "w1"})
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)

    page = desk.get(f"/triage/desk/{case.reference}/").content.decode()
    refused = desk.post(at("way"), {"way": "duty", "once": "w2"}).content.decode()

    assert "A clinician reads what you told me" in page
    assert "the duty list of Oak Surgery" not in page
    assert "A clinician is looking after this case now." in refused


def test_a_way_that_is_not_on_the_list_is_refused(desk, at):
    page = desk.post(at("way"), {"way": "service-999", "once": "w2"}).content.decode()

    assert "This way is not possible any more. Choose another." in page
