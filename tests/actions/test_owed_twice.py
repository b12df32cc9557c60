"""What a case owes stays with whom it was when the case is opened again and ends another way."""

import re
from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.actions.undoing import undo_step
from triage.models import Handover
from triage.rules.codes import Need, Outcome

__all__ = ["at_desk", "clock"]
DUTY = "/triage/duty/"


@pytest.fixture
def end(world, acting, now):
    def ended(case, outcome, taken_by="", at=now):
        by = acting(world, "clinician")
        perform(actions.claim, by=by, at=at, reference=case.reference)
        wish = actions.OutcomeWish(
            outcome,
            safety_net="Ring if worse",
            record_viewed="summary",
            taken_by=taken_by,
            note="They know them",
            contact=SPOKE,
        )
        return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)

    return ended


@pytest.fixture
def reopened(world, acting, now, end):
    """A test was ordered, and the patient is still ill."""
    case = end(submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now), Outcome.TEST_ORDERED)
    by = acting(world, "clinician")
    perform(actions.reopen, by=by, at=now, reference=case.reference, reason="Still ill")
    return case


def owed(now):
    with everywhere(because="the test looks", at=now):
        found = Handover.objects.filter(accepted_at=None, withdrawn_at=None).order_by("id")
        return list(found.values_list("what", flat=True))


def test_the_test_is_owed_while_the_case_is_open_again(reopened, at_desk):
    assert "What we owe (1)" in text_of(at_desk("duty").get(DUTY))


@pytest.mark.parametrize("taken_by", ["", "Boots, the pharmacist"])
def test_another_end_leaves_the_test_owed(reopened, end, now, taken_by):
    end(reopened, Outcome.PHARMACY, taken_by=taken_by)

    assert owed(now) == ["test_ordered", *([] if taken_by else ["pharmacy"])]


def test_undoing_the_second_end_leaves_the_test_owed(world, acting, reopened, end, now):
    later = now + timedelta(minutes=5)
    closed = end(reopened, Outcome.PHARMACY, at=later)
    wish = {"reference": closed.reference, "version": closed.version}

    perform(undo_step, by=acting(world, "clinician"), at=later, **wish)

    assert owed(now) == ["test_ordered"]


def test_each_keeps_a_draft_of_its_own(reopened, end, at_desk):
    end(reopened, Outcome.HOME_VISIT)

    page = at_desk("duty").get(DUTY).content.decode()

    assert sorted(re.findall(r'/accept-handover/" data-draft="(\w+)"', page)) == [
        "home_visit",
        "test_ordered",
    ]


def test_each_is_accepted_by_itself(reopened, end, at_desk, now):
    end(reopened, Outcome.HOME_VISIT)
    duty = at_desk("duty")
    page = text_of(duty.get(DUTY))

    wish = {"note": "Dr Patel goes at noon", "what": "home_visit", "once": "1"}
    duty.post(address(reopened, "accept-handover/"), wish)

    assert "What we owe (2)" in page
    assert owed(now) == ["test_ordered"]


def test_a_test_ordered_twice_is_one_result(reopened, end, now):
    end(reopened, Outcome.TEST_ORDERED)

    assert owed(now) == ["test_ordered"]
