"""An emergency at the end of the day: the desk sends it to the duty clinician, who owns it."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import CaseStep
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
PAGE, DUTY = "/triage/all-clear/", "/triage/duty/"
SEND = "Send it to our duty clinician now"
TAKES = "Emergency: a clinician takes it now, and says what became of it"


@pytest.fixture
def later(now):
    """Oak's own GP is at work, and answers for the duty list."""
    return now + timedelta(minutes=45)


@pytest.fixture
def case(world, acting, now):
    flags = {"red_flags": ("stroke",), "red_flags_asked": True}
    return submitted(world, acting, "tam", Need.OTHER, at=now, **flags)


def sent(now):
    with everywhere(because="the test looks", at=now):
        steps = CaseStep.objects.filter(step="call_for_help", code="desk").count()
        return steps, AuditEntry.objects.filter(verb="case.call_for_help").count()


@pytest.mark.parametrize("who", ["receptionist", "practice_manager"])
def test_it_ends_with_an_owner_in_one_press_however_often_it_is_pressed(case, at_desk, later, who):
    desk = at_desk(who, later)
    before = text_of(desk.get(PAGE))

    for _ in range(2):
        answer = desk.post(f"{PAGE}{case.reference}/duty/", follow=True)

    after = text_of(answer)
    assert (TAKES in before, SEND in before, SEND in after) == (True, True, False)
    assert "Our duty clinician, since 10:15am: it is on their page" in after
    assert sent(later) == (1, 1)
    assert "Emergency, and nobody has it" in text_of(at_desk("duty", later).get(DUTY))


def test_the_duty_clinician_takes_it_and_ends_it(case, world, acting, at_desk, later):
    at_desk("receptionist", later).post(f"{PAGE}{case.reference}/duty/")
    theirs = text_of(at_desk("duty", later).get(PAGE))
    perform(actions.claim, by=acting(world, "duty"), at=later, reference=case.reference)

    held = text_of(at_desk("receptionist", later).get(PAGE))

    assert (
        f'href="/triage/cases/{case.reference}/"'
        in at_desk("duty", later).get(PAGE).content.decode()
    )
    assert SEND not in theirs
    assert "With Duty since 10:15am" in held
    assert (SEND in held, "Our duty clinician, since" in held) == (False, False)


def test_what_is_no_emergency_is_sent_nowhere(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    desk = at_desk("receptionist")

    page = text_of(desk.get(PAGE))
    answer = text_of(desk.post(f"{PAGE}{case.reference}/duty/", follow=True))

    assert SEND not in page
    assert "This is not an emergency. Find it a place." in answer
    assert sent(now) == (0, 0)


def test_where_nobody_is_on_duty_nobody_is_named_and_it_says_whom_to_ring(case, at_desk, later):
    at_desk("receptionist", later).post(f"{PAGE}{case.reference}/duty/")
    desk = at_desk("receptionist", later.replace(hour=23))

    page = text_of(desk.get(PAGE))

    assert "Nobody is on duty at our practice now." in page
    assert "Sent to our duty clinician at 10:15am, and nobody is on duty now" in page
    assert (SEND in page, "Our duty clinician, since" in page) == (False, False)
