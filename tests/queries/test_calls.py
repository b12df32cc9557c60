"""The line above every page of a duty clinician counts what stands on their own page."""

from datetime import timedelta

import pytest

from practices.doors import opened, perform
from tests.cases import filled_queue, submitted
from tests.pages.clinic import at_desk, clock
from tests.queries.test_duty_page import halfway, page_of
from triage import actions
from triage.queries.calls import calls_now
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]


def calls_of(actor, at):
    with opened(actor.reach, at=at):
        return calls_now(by=actor, at=at)


def test_it_counts_the_cases_of_the_duty_page(world, acting, now):
    duty, me = acting(world, "duty"), acting(world, "clinician")
    filled_queue(world, 7, at=now)
    ours = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    submitted(world, acting, "ellen", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=me, at=now, reference=ours.reference)
    perform(actions.hand_back, by=me, at=now, reference=ours.reference, reason="Known to you")
    at = halfway(ours)

    found, page = calls_of(duty, at), page_of(duty, at)

    assert len(found.calling) > len(found.late) > 0
    assert set(found.calling) == {row.reference for row in page.calls}
    assert set(found.late) == {row.reference for row in page.calls if row.due_at <= at}
    assert found.handed_back == (ours.reference,)


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_it_costs_the_same_however_many_call(world, acting, now, rows, django_assert_num_queries):
    filled_queue(world, rows, at=now)
    duty = acting(world, "duty")

    with opened(duty.reach, at=now), django_assert_num_queries(1):
        calls_now(by=duty, at=now)


@pytest.mark.parametrize("page", ["duty", "queue", "messages", "reception", "tasks"])
def test_it_stands_on_every_page_a_duty_clinician_opens(world, acting, at_desk, now, page):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    shown = at_desk("duty", halfway(case)).get(f"/triage/{page}/").content.decode()

    assert "1 of your patients calls for help" in shown


def test_it_stands_on_nobody_elses_page(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    late = case.due_at + timedelta(minutes=1)

    shown = [
        at_desk(who, late).get(f"/triage/{page}/").content.decode()
        for who, page in (("clinician", "queue"), ("receptionist", "reception"))
    ]

    assert all("calls-now" not in one for one in shown)
