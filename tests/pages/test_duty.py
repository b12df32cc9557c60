"""The duty clinician reads first who needs them now; what is in time stands calmly below."""

import re
from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import supervised
from triage import actions
from triage.actions.supervising import leave_supervision
from triage.models import Case
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE = "/triage/duty/"


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def at_share(case, share):
    return case.submitted_at + (case.due_at - case.submitted_at) * share


@pytest.mark.parametrize(
    ("share", "why", "first"),
    [
        (0.5, "Half its time is gone", "1 past half the time"),
        (0.8, "Nearly late", "1 nearly late"),
        (1.0, "Late", "1 late"),
    ],
)
def test_each_line_says_how_much_of_its_time_is_gone(case, at_desk, share, why, first):
    said = text_of(at_desk("duty", at=at_share(case, share)).get(PAGE))

    assert f"1 patient needs you now: {first}." in said
    assert f'nhsuk-tag--white">{why}</strong>' in said


def test_who_was_called_for_in_time_stands_calmly_below_with_the_reason(
    world, acting, case, at_desk, now
):
    supervised(world, "clinician")
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    with everywhere(because="it may not wait", at=now):
        Case.objects.update(urgency=3, due_at=now + timedelta(hours=4))
    perform(leave_supervision, by=acting(world, "supervisor"), at=now)

    said = text_of(at_desk("duty").get(PAGE))

    assert "Nobody needs you now." in said
    assert "Still in time (1)" in said
    assert "the supervisor has left" in said
    assert "Help called for" not in said


def test_a_late_case_keeps_its_place_among_those_handed_back(world, acting, case, at_desk, now):
    second = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    by = acting(world, "clinician")
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(urgency=2, due_at=now + timedelta(minutes=40))
        Case.objects.filter(pk=second.pk).update(urgency=3, due_at=now + timedelta(minutes=60))
    perform(actions.claim, by=by, at=now, reference=case.reference)
    perform(actions.hand_back, by=by, at=now, reference=case.reference, reason="Known to you")

    said = text_of(at_desk("duty", at=now + timedelta(minutes=50)).get(PAGE))

    assert "2 patients need you now: 1 late, 1 nearly late." in said
    assert re.findall(r"/triage/cases/([^/]+)/\">", said)[:2] == [case.reference, second.reference]
    assert "Handed back. Clinician asked at 9:30am: “Known to you”" in said
    assert "Nothing else waits for your answer" in said
