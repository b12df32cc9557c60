"""What a closed case still owes: the practice's line until its duty clinician accepts."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import Absent, Conflict, Forbidden
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.actions.handing_over import accept_handover
from triage.models import Handover
from triage.rules.codes import Need, Outcome
from triage.rules.handovers import OWED, is_owed

__all__ = ["at_desk", "clock"]
DUTY, ALL_CLEAR = "/triage/duty/", "/triage/all-clear/"


@pytest.fixture
def close_with(world, acting, now):
    def closed(outcome, *, who="clinician", note=""):
        by = acting(world, who)
        case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
        perform(actions.claim, by=by, at=now, reference=case.reference)
        wish = actions.OutcomeWish(
            outcome,
            safety_net="Ring if worse",
            note=note,
            record_viewed="summary",
            contact=SPOKE,
        )
        return perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)

    return closed


def test_the_practice_reads_what_it_owes_until_it_accepts(close_with, at_desk):
    case = close_with(Outcome.TEST_ORDERED)
    duty = at_desk("duty")

    before, evening = text_of(duty.get(DUTY)), text_of(at_desk("receptionist").get(ALL_CLEAR))
    wish = {"note": "Dr Patel reads it tomorrow", "once": "1"}
    after = text_of(duty.post(address(case, "accept-handover/"), wish, follow=True))
    history = text_of(duty.get(address(case)))

    assert "What we owe (1)" in before
    assert "Riverside hub owns it until the practice accepts" in before
    assert "Not clear: 1 patient to see to" in evening
    assert "What we owe (0)" in after
    assert '<h1 class="nhsuk-heading-l">All clear</h1>' in text_of(
        at_desk("receptionist").get(ALL_CLEAR)
    )
    assert "Handover accepted by the practice: Test ordered" in history
    assert "“Dr Patel reads it tomorrow”" in history


def test_accepting_needs_a_name_and_a_time(close_with, at_desk):
    case = close_with(Outcome.HOME_VISIT)

    said = text_of(
        at_desk("duty").post(
            address(case, "accept-handover/"), {"note": "...", "once": "1"}, follow=True
        )
    )

    assert "Enter who does this, and by when" in said
    assert "What we owe (1)" in said


def test_a_line_of_yesterday_is_late_and_still_there(close_with, at_desk, now):
    close_with(Outcome.TEST_ORDERED)

    fresh = text_of(at_desk("duty").get(DUTY))
    old = text_of(at_desk("duty", at=now + timedelta(days=2)).get(DUTY))

    assert ">Late</strong>" not in fresh
    assert ">Late</strong>" in old


def test_another_practice_owes_nothing_of_ours(close_with, world, acting, at_desk, now):
    case = close_with(Outcome.TEST_ORDERED)

    assert "What we owe (0)" in text_of(at_desk("gp_elm").get(DUTY))
    with pytest.raises(Absent):
        perform(
            accept_handover,
            by=acting(world, "gp_elm"),
            at=now,
            reference=case.reference,
            note="Ours",
        )


def test_the_hub_does_not_accept_for_the_practice_and_once_is_once(close_with, world, acting, now):
    case = close_with(Outcome.TEST_ORDERED)
    wish = {"at": now, "reference": case.reference, "note": "Dr Patel, today"}

    with pytest.raises(Forbidden):
        perform(accept_handover, by=acting(world, "clinician"), **wish)
    perform(accept_handover, by=acting(world, "duty"), **wish)
    with pytest.raises(Conflict, match="any more"):
        perform(accept_handover, by=acting(world, "duty"), **wish)


@pytest.mark.parametrize("outcome", [Outcome.ADVICE, Outcome.TEST_ORDERED])
def test_only_what_leaves_something_to_do_makes_a_line(close_with, outcome, now):
    close_with(outcome)

    with everywhere(because="the test looks", at=now):
        assert Handover.objects.count() == int(outcome in OWED)


def test_who_took_over_by_name_has_accepted():
    assert is_owed(Outcome.HOSPITAL_SAME_DAY, note="")
    assert not is_owed(Outcome.HOSPITAL_SAME_DAY, note="Ward 4, Sister Bell")
    assert is_owed(Outcome.TEST_ORDERED, note="Ward 4, Sister Bell")
