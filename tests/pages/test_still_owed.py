"""Nobody closes over a promise: who is to be called, told or looked at again keeps us here."""

from datetime import timedelta

import pytest

from hubs.rules.walk_ups import SentTo
from practices.doors import everywhere, perform
from practices.models import Message
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage.actions.arrivals import WalkUpWish, note_walk_up
from triage.models import SecondLook
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE, TASKS = "/triage/all-clear/", "/triage/tasks/"
CAME = "Ann Lee, 07700 900123: came to Riverside hub at 9:30am, and was told that you call today"


@pytest.fixture
def walk_up(world, acting, now):
    wish = WalkUpWish(
        name="Ann Lee",
        phone="07700 900123",
        words="a cough",
        sent_to=SentTo.PRACTICE,
        practice_id=world.oak.pk,
    )
    return perform(note_walk_up, by=acting(world, "clinician"), at=now, wish=wish)


@pytest.mark.parametrize("who", ["receptionist", "duty", "practice_manager"])
def test_who_was_told_that_we_call_keeps_us_here_until_we_have(at_desk, walk_up, who):
    desk = at_desk(who)
    before, tasks = text_of(desk.get(PAGE)), text_of(desk.get(TASKS))
    answer = desk.post(f"/triage/arrivals/called/{walk_up.public_id}/", {"from": "tasks"})
    after, done = text_of(desk.get(PAGE)), text_of(desk.get(TASKS))

    assert (CAME in before, CAME in tasks) == (True, True)
    assert "You can close." not in before
    assert answer["Location"] == TASKS
    assert (CAME in after, CAME in done) == (False, False)
    assert "You can close." in after


def test_who_was_sent_to_another_practice_is_not_ours(at_desk, walk_up):
    said = text_of(at_desk("receptionist_elm").get(PAGE))

    assert CAME not in said
    assert "You can close." in said


def test_a_message_nobody_told_keeps_us_here(world, at_desk, now):
    with everywhere(because="the test's set-up", at=now):
        Message.objects.create(
            practice=world.oak,
            patient=world.patients["zoe"],
            kind="displaced",
            channel="voice",
            state="staff_tell",
            to_tell_since=now,
            queued_at=now,
        )

    said = text_of(at_desk("receptionist").get(PAGE))

    assert "A patient does not know that their appointment cannot go ahead, since 9:30am" in said
    assert "Nobody has it." in said
    assert "You can close." not in said


@pytest.mark.parametrize(("days", "is_due"), [(0, True), (1, False)])
def test_a_second_look_due_today_keeps_us_here(world, acting, at_desk, now, days, is_due):
    case = submitted(world, acting, "zoe", Need.FOLLOW_UP, at=now)
    with everywhere(because="the test's set-up", at=now):
        SecondLook.objects.create(
            case=case,
            practice_id=case.practice_id,
            hub_id=case.hub_id,
            why="waiting_list",
            look_by=now.date() + timedelta(days=days),
            owner=world.users["duty"],
            opened_at=now,
        )

    said = text_of(at_desk("duty").get(PAGE))

    assert (f"Second look at case {case.reference}, by 30 November 2026" in said) is is_due
