"""What a closed case still owes: the practice's line until its duty clinician accepts."""

import re
from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import Absent, Conflict, Forbidden
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from tests.pages.test_undoing import undo_of
from triage import actions
from triage.actions.handing_over import accept_handover
from triage.models import Handover
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.handovers import answer_due

__all__ = ["at_desk", "clock"]
DUTY, ALL_CLEAR = "/triage/duty/", "/triage/all-clear/"


@pytest.fixture
def close_with(world, acting, now):
    def closed(outcome, *, who="clinician", note="", taken_by=""):
        by = acting(world, who)
        case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
        perform(actions.claim, by=by, at=now, reference=case.reference)
        wish = actions.OutcomeWish(
            outcome,
            safety_net="Ring if worse",
            note=note,
            taken_by=taken_by,
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
    assert "Handover accepted by the other side: Test ordered" in history
    assert "“Dr Patel reads it tomorrow”" in history


@pytest.mark.parametrize(
    ("outcome", "who", "page"),
    [(Outcome.TEST_ORDERED, "duty", DUTY), (Outcome.DENTAL, "clinician", "")],
)
def test_an_acceptance_is_taken_back_where_it_was_pressed(close_with, at_desk, outcome, who, page):
    case = close_with(outcome)
    client, page = at_desk(who), page or address(case)
    before = owed_lines(client.get(page))
    wish = {"note": "Ann reads it tomorrow", "what": outcome.value, "once": "1"}

    said = client.post(address(case, "accept-handover/"), wish, follow=True)
    after = text_of(client.post(undo_of(said), follow=True))

    assert said.redirect_chain[-1][0] == page
    assert "You can undo this for 10 seconds" in text_of(said)
    assert "Undone. The case is as it was before" in after
    assert "Undone: handover accepted" in after
    assert owed_lines(client.get(page)) == before != owed_lines(said)


def owed_lines(answer):
    return re.findall(r"owns it until[^<]*", answer.content.decode())


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

    assert ">Overdue by" not in fresh
    assert ">Overdue by 1 day" in old


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


# By hand, from the decisions: each handover stays owned until the other side accepts.
PASSED_ON = frozenset(
    {
        "pharmacy",
        "community",
        "urgent_treatment",
        "hospital_same_day",
        "ambulance",
        "mental_health_crisis",
        "maternity",
        "eye_service",
        "dental",
        "home_visit",
        "test_ordered",
    }
)
ENDED_HERE = frozenset({"advice", "booked_hub", "booked_practice", "not_brought"})
NO_PATIENT = frozenset({"no_contact", "duplicate", "admin_done"})


def test_every_outcome_either_ends_here_or_is_passed_on():
    assert {one.value for one in Outcome} == PASSED_ON | ENDED_HERE | NO_PATIENT


@pytest.mark.parametrize("outcome", sorted(PASSED_ON | {"advice"}))
def test_only_what_is_passed_on_stays_owned_until_somebody_accepts(close_with, outcome, now):
    close_with(Outcome(outcome), note="Pain since 6am")

    with everywhere(because="the test looks", at=now):
        open_ones = Handover.objects.filter(accepted_at=None)
        assert open_ones.count() == int(outcome in PASSED_ON)


def test_the_hub_records_who_at_the_other_service_accepted(close_with, at_desk, now):
    case = close_with(Outcome.MENTAL_HEALTH_CRISIS)
    hub = at_desk("clinician")

    before = text_of(hub.get(address(case)))
    empty = text_of(
        hub.post(address(case, "accept-handover/"), {"note": ".", "once": "1"}, follow=True)
    )
    wish = {"note": "Nurse Adeyemi, crisis line, 9:50am", "once": "2"}
    after = text_of(hub.post(address(case, "accept-handover/"), wish, follow=True))

    assert "Riverside hub owns it until they accept, due by 10:30am" in before
    assert "Enter who there has accepted, and when" in empty
    assert "Not accepted yet" in before
    assert "Not accepted yet" not in after
    assert "Handover accepted by the other side: Mental health crisis team" in after
    assert "“Nurse Adeyemi, crisis line, 9:50am”" in after


def test_who_took_over_in_the_call_has_accepted_and_is_on_record(close_with, at_desk, now):
    case = close_with(Outcome.MATERNITY, note="36 weeks", taken_by="Sister Bell, labour ward")

    said = text_of(at_desk("clinician").get(address(case)))

    assert "Not accepted yet" not in said
    assert "Taken over by: Sister Bell, labour ward" in said
    with everywhere(because="the test looks", at=now):
        made = Handover.objects.get()
    assert (made.accepted_at, made.accepted_by.username) == (now, "clinician")


def test_a_name_in_the_call_does_not_accept_for_the_practice(close_with, at_desk):
    close_with(Outcome.HOME_VISIT, taken_by="The practice's secretary")

    assert "What we owe (1)" in text_of(at_desk("duty").get(DUTY))


def test_undoing_the_closing_takes_back_what_was_accepted_in_it(close_with, world, acting, now):
    case = close_with(Outcome.MATERNITY, taken_by="Sister Bell, labour ward")
    wish = {"reference": case.reference, "version": case.version}
    perform(actions.undo_step, by=acting(world, "clinician"), at=now, **wish)

    with everywhere(because="the test looks", at=now):
        assert Handover.objects.get().withdrawn_at == now


def test_an_urgent_handover_is_late_within_the_hour(now):
    urgent = answer_due(Outcome.EYE_SERVICE, Urgency.P1, now)
    planned = answer_due(Outcome.PHARMACY, Urgency.P5, now)

    assert (urgent - now, planned - now) == (timedelta(hours=1), timedelta(hours=24))
