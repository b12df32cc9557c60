"""What limits would have done: counted from the record, for the own practice alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from appointments.actions import Wanted, book_slot, cancel
from appointments.actions.places import Terms
from networks.actions.snapshots import take_snapshot
from networks.queries.shadow_days import shadow_report
from practices import clock
from practices.actions import set_limit
from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from tests.world import SETUP
from triage import actions
from triage.rules.codes import Need, Urgency

PAGE = "/networks/first-weeks/"


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def shown_only(world, now):
    """Oak's limits are shown only, and Dr Oak's is two contacts."""
    with everywhere(because="the test's set-up", at=now):
        for practice in (world.oak, world.elm):
            practice.limit_mode = "shadow"
            practice.save()
        set_limit(
            layer="person",
            clinician_id=world.clinicians["gp_oak"].pk,
            points=20,
            from_on=now.date(),
            basis="the test",
            by=SETUP,
            at=now,
        )
    return world


def booked(world, who, place, at, session="gp_oak"):
    patient = world.patients[who]
    wanted = Wanted(
        patient.pk, patient.practice_id, patient.person_key, who, "other", 10, is_urgent=False
    )
    slot = world.slots(session)[place]
    return perform(book_slot, by=SETUP, at=at, slot_id=slot.pk, wanted=wanted, terms=Terms())


def page_of(world, name):
    client = Client()
    client.force_login(world.users[name])
    answer = client.get(PAGE)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return answer.status_code, text


def report(world, acting, now):
    manager = acting(world, "practice_manager")
    with opened(manager.reach, at=now):
        return shadow_report(world.oak.pk, until=now.date())


def test_a_booking_past_the_limit_would_have_been_refused(shown_only, acting, now):
    for place, who in enumerate(("zoe", "tam", "child")):
        booked(shown_only, who, place, now)

    (day,) = report(shown_only, acting, now).days

    assert (day.shadow.bookings, day.shadow.refused, day.shadow.passed) == (3, 1, 0)
    status, page = page_of(shown_only, "practice_manager")
    assert status == 200
    assert "would have refused 1 of 3 bookings" in page
    assert "Your limits are only shown. Nothing below was refused to anybody." in page


def test_what_was_cancelled_before_made_room(shown_only, acting, now):
    first = booked(shown_only, "zoe", 0, now)
    booked(shown_only, "tam", 1, now)
    perform(
        cancel,
        by=acting(shown_only, "receptionist"),
        at=now + timedelta(minutes=1),
        booking_id=first.pk,
        because="patient",
    )
    booked(shown_only, "child", 2, now + timedelta(minutes=2))

    (day,) = report(shown_only, acting, now).days

    assert (day.shadow.bookings, day.shadow.refused) == (3, 0)


def test_an_urgent_one_would_have_passed_with_a_reason(shown_only, acting, now):
    for place, who in enumerate(("zoe", "tam")):
        booked(shown_only, who, place, now)
    case = submitted(shown_only, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)
    duty = acting(shown_only, "duty")
    perform(
        actions.change_class,
        by=duty,
        at=now,
        reference=case.reference,
        urgency=Urgency.P2,
        reason="worse",
    )
    perform(
        actions.book,
        by=duty,
        at=now,
        reference=case.reference,
        slot_id=shown_only.slots("gp_oak")[2].pk,
    )

    (day,) = report(shown_only, acting, now).days

    assert (day.shadow.refused, day.shadow.passed) == (0, 1)


def test_who_was_left_over_comes_from_the_days_last_count(shown_only, acting, now):
    submitted(shown_only, acting, "zoe", Need.SORE_THROAT, at=now)
    perform(take_snapshot, by=SETUP, at=now, network_id=shown_only.network.pk)

    (day,) = report(shown_only, acting, now).days

    assert day.left_over == 1


def test_the_practice_next_door_is_not_in_it(shown_only, now):
    booked(shown_only, "ellen", 0, now, session="gp_elm")

    _, page = page_of(shown_only, "practice_manager")

    assert "Nothing is on record of the last four weeks yet." in page


def test_figures_that_cannot_be_right_are_said_and_raise_no_alarm(shown_only, now):
    with everywhere(because="the test's set-up", at=now):
        shown_only.oak.list_size = 90_000
        shown_only.oak.save()

    _, page = page_of(shown_only, "practice_manager")

    assert "45,000 patients for each GP on record" in page
    perform(take_snapshot, by=SETUP, at=now, network_id=shown_only.network.pk)
    client = Client()
    client.force_login(shown_only.users["manager"])
    board = client.get("/networks/board/").content.decode()
    assert "Check the data: 45,000 patients for each GP on record" in board
    assert "Level 1: as usual" in board


@pytest.mark.parametrize("name", ["receptionist", "duty", "manager", "supervisor"])
def test_only_the_practice_manager_reads_it(world, name):
    assert page_of(world, name)[0] == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_costs_the_same_for_any_number(
    shown_only, acting, now, rows, django_assert_num_queries
):
    for place, who in enumerate(("zoe", "tam", "child")[:rows]):
        booked(shown_only, who, place, now)
    manager = acting(shown_only, "practice_manager")

    with opened(manager.reach, at=now), django_assert_num_queries(6):
        shadow_report(shown_only.oak.pk, until=now.date())
