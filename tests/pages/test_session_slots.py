"""A session under a link: what it says slot by slot, and where a link leads to it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from appointments.actions import SessionWish, publish_session
from appointments.actions.supervision import pause_lists
from appointments.models import Booking, Session, Slot
from appointments.queries.rota_changes import ChangeWish
from practices.doors import everywhere, perform
from practices.rules.access import AccessNeed
from tests.full_day import planned_ahead
from tests.pages.browser import WIDTH
from tests.pages.clinic import at_desk, clock
from tests.pages.session_links import ZOE, address, booked, lines, said, wish_for
from tests.pages.test_clinic_browser import drawn
from tests.world import SETUP
from triage import actions
from triage.actions import gone_home
from triage.actions.rota_changes import change_session
from triage.models import GoneHome
from triage.rules.codes import Need
from triage.tasks import rehome

__all__ = ["at_desk", "clock", "drawn"]


def test_it_says_who_where_when_and_every_slot_in_order(world, acting, at_desk):
    first, second, *others = world.slots("gp_oak")
    booking = booked(world, acting, "zoe", first)
    perform(actions.hold, at=world.at, **wish_for(world, acting, "tam", second))

    answer = at_desk("receptionist").get(address(world))

    page, slots = said(answer), lines(answer)
    assert list(slots) == [slot.pk for slot in (first, second, *others)]
    assert slots[first.pk] == f"10am | Booked | {ZOE} born 14 March 1985"
    assert slots[second.pk] == "10:15am | Held until 9:32am | "
    assert {slots[slot.pk].partition(" ")[2] for slot in others} == {"| Free | "}
    assert "Gp Oak, Monday 30 November, 10am to 1pm" in page
    assert "Who Gp Oak, GP Where Oak Surgery How Face to face For Any need" in page
    assert "12 slots: 1 booked, 1 held, 10 free." in page
    assert f'href="/triage/cases/{booking.case_ref}/"' in answer.content.decode()
    assert f'href="#slot-{second.pk}"' in answer.content.decode()


def test_a_session_without_slots_says_so(world, at_desk):
    with everywhere(because="the test's set-up", at=world.at):
        Slot.objects.filter(session=world.sessions["gp_oak"]).delete()

    page = said(at_desk("receptionist").get(address(world)))

    assert "No appointments can be booked in this session: it has no slots." in page


@pytest.mark.parametrize(
    ("why", "words"), [("absence", ": the clinician is away."), ("Dr X is unwell", "."), ("", ".")]
)
def test_a_cancelled_session_says_so_and_why(world, acting, at_desk, why, words):
    slot = world.slots("gp_oak")[0]
    booked(world, acting, "zoe", slot)
    wish = ChangeWish(is_cancelled=True, reason=why)
    session_id = world.sessions["gp_oak"].pk
    perform(change_session, by=SETUP, at=world.at, session_id=session_id, wish=wish)

    answer = at_desk("receptionist").get(address(world))

    assert f"This session is cancelled{words}" in said(answer)
    assert (ZOE in said(answer), "Print this list" in said(answer)) == (False, False)
    assert {one.partition(" ")[2] for one in lines(answer).values()} == {"| Closed | "}
    assert slot.pk in lines(answer)


def test_a_link_to_a_slot_that_was_cut_anew_still_leads_to_its_place(world, at_desk):
    old = world.slots("gp_oak")
    wish = ChangeWish(slot_minutes=20, reason="longer")
    session_id = world.sessions["gp_oak"].pk
    perform(change_session, by=SETUP, at=world.at, session_id=session_id, wish=wish)

    answer = at_desk("receptionist").get(address(world))

    page, new = answer.content.decode(), lines(answer)
    assert len(new) == 9
    assert "Closed when the session was changed" in page
    closed = [slot.pk for slot in old if slot.pk not in new]
    assert closed
    assert all(page.count(f'id="slot-{pk}"') == 1 for pk in (*closed, *new))


def test_a_paused_list_says_that_nobody_new_is_booked(world, at_desk, now):
    who = {name: world.clinicians[name].pk for name in ("supervisor", "clinician")}
    perform(
        pause_lists,
        by=SETUP,
        at=now,
        hub_id=world.hub.pk,
        supervisor_id=who["supervisor"],
        clinician_ids=[who["clinician"]],
    )
    desk = at_desk("clinician")

    paused, other = (said(desk.get(address(world, one))) for one in ("clinician", "supervisor"))

    words = "Nobody supervises this list since 9:30am. Nobody new is booked until somebody does."
    assert (words in paused, words in other) == (True, False)


def test_a_list_that_ended_says_so_and_leads_to_what_became_of_each(
    world, acting, at_desk, clock, now
):
    booked(world, acting, "zoe", world.slots("gp_oak")[4])
    leaves = {"clinician_id": world.clinicians["gp_oak"].pk, "reason": "unwell"}
    at = now + timedelta(hours=1)
    left = perform(gone_home.go_home, by=acting(world, "receptionist"), at=at, from_at=at, **leaves)
    rehome(gone_home_id=left.pk)
    desk = at_desk("receptionist", at=at)
    with everywhere(because="the clinician is back tomorrow", at=now):
        starts_at = world.sessions["gp_oak"].starts_at + timedelta(days=1)
        wish = SessionWish(
            clinician_id=world.clinicians["gp_oak"].pk,
            site_id=world.sites[world.oak.pk].pk,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            practice_id=world.oak.pk,
        )
        world.sessions["tomorrow"] = publish_session(wish=wish, by=SETUP, at=now)

    answer, tomorrow = (desk.get(address(world, one)) for one in ("gp_oak", "tomorrow"))
    ended = desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()
    with everywhere(because="it is taken back", at=now):
        GoneHome.objects.update(taken_back_at=at)
    back = said(desk.get(address(world)))

    words = "Gp Oak went home. Who was booked from 10:30am on got another place, or waits for one."
    told = [words in one for one in (said(answer), said(tomorrow), back)]
    assert told == [True, False, False]
    assert reverse("triage:list_ended", args=[left.public_id]) in answer.content.decode()
    assert f'href="{address(world)}">Session, 10am to 10:30am</a>' in ended


def test_a_double_stands_in_both_of_its_slots_and_is_one_appointment(world, acting, at_desk):
    first, second = world.slots("gp_oak")[:2]
    booked(world, acting, "zoe", first, access_needs=(AccessNeed.INTERPRETER,))

    answer = at_desk("receptionist").get(address(world))

    asks = "Interpreter not booked yet: the desk of Oak Surgery books it"
    who = f"{ZOE} born 14 March 1985 Needs: Interpreter. {asks}"
    assert lines(answer)[first.pk] == f"10am | Booked, two slots, until 10:30am | {who}"
    assert lines(answer)[second.pk] == f"10:15am | The 10am appointment goes on | {who}"
    assert "12 slots: 1 booked, 10 free." in said(answer)


def test_a_hold_that_ran_out_is_free_and_a_slot_of_the_past_is_over(world, acting, at_desk, now):
    first, second = world.slots("gp_oak")[:2]
    perform(actions.hold, at=now, **wish_for(world, acting, "tam", second))

    answer = at_desk("receptionist", at=now + timedelta(minutes=46)).get(address(world))

    assert lines(answer)[first.pk] == "10am | Over | "
    assert lines(answer)[second.pk] == "10:15am | Free | "


def test_who_did_not_come_stands_there_beside_the_free_place(world, acting, at_desk, now):
    slot = world.slots("gp_oak")[0]
    booking = booked(world, acting, "child", slot)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.filter(pk=booking.pk).update(state="missed")

    line = lines(at_desk("receptionist").get(address(world)))[slot.pk]

    assert line == ("10am | Was not brought | Hartley, Finn born 5 May 2021; 10am | Free | ")


def test_several_places_of_a_slot_have_a_line_each_and_one_for_those_that_are_free(
    world, acting, at_desk, now
):
    slot = world.slots("gp_oak")[0]
    with everywhere(because="the test's set-up", at=now):
        Slot.objects.filter(pk=slot.pk).update(places=4)
    for who in ("zoe", "tam"):
        booked(world, acting, who, slot)

    line = lines(at_desk("receptionist").get(address(world)))[slot.pk]

    assert (line.count("10am"), line.count("Booked")) == (3, 2)
    assert line.endswith("2 places free | ")


@pytest.mark.parametrize(("who", "leads"), [("receptionist", True), ("practice_manager", False)])
def test_what_was_planned_ahead_leads_to_its_own_page(world, at_desk, now, who, leads):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, "zoe", slot, Need.FOLLOW_UP)
    with everywhere(because="the test looks", at=now):
        planned = reverse("triage:planned", args=[Booking.objects.get().public_id])

    answer = at_desk(who).get(address(world))

    assert ZOE in lines(answer)[slot.pk]
    assert (f'href="{planned}"' in answer.content.decode()) == leads


def test_tomorrow_s_list_is_printed_as_tomorrow_s_and_no_later_one(world, at_desk, now):
    session = world.sessions["gp_oak"]
    pages = []
    for days in (-1, 1, 2):
        with everywhere(because="the test's set-up", at=now):
            Session.objects.filter(pk=session.pk).update(
                starts_at=session.starts_at + timedelta(days=days),
                ends_at=session.ends_at + timedelta(days=days),
            )
        pages.append(at_desk("receptionist").get(address(world)).content.decode())

    assert ["day=tomorrow" in page for page in pages] == [False, True, False]
    assert ["Print this list" in page for page in pages] == [False, True, False]


def test_a_row_that_older_code_writes_has_a_link_too(world, at_desk, now):
    old = [field.attname for field in Session._meta.local_fields if field.name != "public_id"]
    session = world.sessions["gp_oak"]
    with everywhere(because="older code publishes", at=now):
        Slot.objects.filter(session=session).delete()
        columns = ", ".join(name for name in old if name != "id")
        made = Session.objects.raw(
            f"WITH gone AS (DELETE FROM appointments_session WHERE id = %s RETURNING *)"
            f" INSERT INTO appointments_session ({columns}) SELECT {columns} FROM gone"
            " RETURNING *",
            [session.pk],
        )[0]

    assert made.public_id != session.public_id
    where = reverse("triage:session", args=[made.public_id])
    assert at_desk("receptionist").get(where).status_code == 200


LEADS = ["/triage/arrivals/", "/triage/paper/sessions/", "/triage/desk/{}/", "/triage/cases/{}/"]


@pytest.mark.parametrize(("who", "where"), [("duty", one) for one in LEADS])
def test_where_an_appointment_is_named_a_link_leads_to_its_session(
    world, acting, at_desk, who, where
):
    slot = world.slots("gp_oak")[3]
    booking = booked(world, acting, "zoe", slot)

    page = at_desk(who).get(where.format(booking.case_ref)).content.decode()

    anchor = "" if "paper" in where else f"#slot-{slot.pk}"
    assert page.count(f'href="{address(world)}{anchor}"') == 1


@pytest.fixture
def drawn_session(world, acting, at_desk, drawn):
    """A session with a double, a hold and a planned appointment, in the files' server."""
    slots = world.slots("gp_oak")
    booked(world, acting, "zoe", slots[0], access_needs=(AccessNeed.INTERPRETER,))
    perform(actions.hold, at=world.at, **wish_for(world, acting, "tam", slots[3]))
    planned_ahead(world, "child", slots[4], Need.FOLLOW_UP)
    return drawn(at_desk("receptionist").get(address(world)))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1366])
def test_the_link_of_a_slot_shows_and_marks_it_without_a_script(
    world, drawn_session, chromium, width
):
    slot = world.slots("gp_oak")[-1]
    look = {"viewport": {"width": width, "height": 640}, "java_script_enabled": False}
    with chromium.new_context(**look) as context:
        page = context.new_page()
        page.goto(f"{drawn_session}#slot-{slot.pk}")
        style = "one => getComputedStyle(one).outlineStyle"
        marks = [page.locator(f"#slot-{one}").evaluate(style) for one in _numbers(world)]

        assert marks == ["none"] * 11 + ["solid"]
        expect(page.locator(f"#slot-{slot.pk}")).to_be_in_viewport()
        assert page.evaluate(WIDTH) == width


def _numbers(world):
    return [slot.pk for slot in world.slots("gp_oak")]
