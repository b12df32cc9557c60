"""What falls to the duty clinician: our own patients only, at one price."""

import pytest

from practices.doors import opened, perform
from tests.cases import filled_queue, submitted
from triage import actions
from triage.actions.desk import choose_way
from triage.models import CaseStep
from triage.queries.duty_page import duty_page
from triage.rules.codes import Need


def page_of(actor, at):
    with opened(actor.reach, at=at):
        return duty_page(by=actor, at=at)


def halfway(case):
    return case.submitted_at + (case.due_at - case.submitted_at) / 2


def test_our_late_patients_call_for_help_and_other_practices_do_not(world, acting, now):
    ours = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    submitted(world, acting, "ellen", Need.COUGH_BREATHING, at=now)

    page = page_of(acting(world, "duty"), halfway(ours))

    assert [row.reference for row in page.calls] == [ours.reference]


def test_a_hand_back_stands_there_with_its_reason_and_nowhere_else(world, acting, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    clinician, at = acting(world, "clinician"), halfway(case)
    perform(actions.claim, by=clinician, at=at, reference=case.reference)
    perform(actions.hand_back, by=clinician, at=at, reference=case.reference, reason="Known to you")

    page = page_of(acting(world, "duty"), at)

    assert [(one.row.reference, one.reason, one.by) for one in page.handed_back] == [
        (case.reference, "Known to you", "Clinician")
    ]
    assert page.calls == ()


def test_who_the_desk_sends_to_the_duty_clinician_stands_there_at_once(world, acting, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    before = page_of(acting(world, "duty"), now).calls
    desk = acting(world, "receptionist")
    perform(choose_way, by=desk, at=now, reference=case.reference, key="duty")

    page = page_of(acting(world, "duty"), now)

    assert before == ()
    assert [row.reference for row in page.calls] == [case.reference]
    with opened(desk.reach, at=now):
        last = CaseStep.objects.filter(case=case).order_by("-id").first()
    assert (last.step, last.code, last.by_id) == ("call_for_help", "desk", desk.user_id)


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_page_costs_the_same_however_many_call(
    world, acting, now, rows, django_assert_num_queries
):
    filled_queue(world, rows, at=now)
    duty = acting(world, "duty")

    with opened(duty.reach, at=now), django_assert_num_queries(14):
        duty_page(by=duty, at=now)
