"""An urgent case nobody has calls for help at half its time, once for each threshold."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.reach import clockwork
from tests.cases import submitted
from tests.pages.clinic import clock
from triage import actions
from triage.actions.escalating import call_for_help
from triage.models import Case, CaseStep
from triage.queries.escalation import cases_to_call_for
from triage.rules.codes import Need
from triage.tasks import escalate

__all__ = ["clock"]
CLOCKWORK = clockwork("the test")


@pytest.fixture
def case(world, acting, now):
    """A P3 case: due in six hours."""
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def waiting_for_help(at):
    with everywhere(because="the test looks", at=at):
        return cases_to_call_for(at=at)


def half_of(case):
    return case.submitted_at + (case.due_at - case.submitted_at) / 2


def test_nobody_is_called_before_half_the_time(case):
    early, half = half_of(case) - timedelta(minutes=5), half_of(case)

    assert (waiting_for_help(early), waiting_for_help(half)) == ((), (case.reference,))


def test_each_threshold_calls_once_however_often_the_clockwork_runs(case, clock):
    calls = []
    for share in (0.4, 0.5, 0.5, 0.6, 0.8, 0.9, 1.0, 1.1):
        clock(case.submitted_at + (case.due_at - case.submitted_at) * share)
        calls.append(escalate())

    assert calls == [0, 1, 0, 0, 1, 0, 1, 0]
    with everywhere(because="the test looks", at=case.due_at):
        steps = CaseStep.objects.filter(step="call_for_help").order_by("id")
        assert list(steps.values_list("code", flat=True)) == ["half", "eighty", "late"]
        assert Case.objects.get(pk=case.pk).escalated == 100
        assert AuditEntry.objects.filter(verb="case.call_for_help").count() == 3


def test_a_case_somebody_has_calls_nobody(case, world, acting):
    at = half_of(case)
    perform(actions.claim, by=acting(world, "clinician"), at=at, reference=case.reference)

    called = perform(call_for_help, by=CLOCKWORK, at=at, reference=case.reference)

    assert called is None
    assert waiting_for_help(at) == ()


def test_a_lease_that_ran_out_calls_again(case, world, acting):
    at = half_of(case)
    perform(actions.claim, by=acting(world, "clinician"), at=at, reference=case.reference)
    later = at + actions.LEASE

    called = perform(call_for_help, by=CLOCKWORK, at=later, reference=case.reference)

    assert (called.state, called.escalated) == ("claimed", 50)


def test_a_planned_case_calls_nobody_even_when_late(world, acting, now):
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=now)

    assert waiting_for_help(case.due_at + timedelta(days=1)) == ()
