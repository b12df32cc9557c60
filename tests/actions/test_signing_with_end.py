"""No urgent case ends with a class nobody signed: who closes it signs it, in the same press."""

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry, Clinician
from practices.rules.refusals import Refused
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions import signing
from triage.models import Case
from triage.rules.codes import Need, Outcome, Urgency

__all__ = ["at_desk", "clock"]


@pytest.fixture
def case(world, acting, now):
    """A P1 that nobody signed, with a clinician."""
    found = submitted(world, acting, "zoe", Need.OTHER, at=now, words="Some chest pain")
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=found.reference)
    return found


def closes(case, by, at):
    wish = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Call 999 if worse", record_viewed="summary", contact=SPOKE
    )
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


def test_closing_an_unsigned_p1_signs_it_with_the_closers_name(world, acting, case, now):
    clinician = acting(world, "clinician")

    closed = closes(case, clinician, now)

    assert (closed.urgency_status, closed.signed_by_id) == ("signed", clinician.clinician_id)
    with everywhere(because="the test looks", at=now):
        line = AuditEntry.objects.get(verb="case.signed", entity_id=case.reference)
    assert (line.facts, line.by_id) == ({"urgency": "P1"}, clinician.user_id)


def test_a_signature_that_stands_is_not_written_again(world, acting, case, now):
    wish = {"urgency": Urgency.P2, "reason": "Spoke to her"}
    supervisor = acting(world, "supervisor")
    perform(actions.change_class, by=supervisor, at=now, reference=case.reference, **wish)

    closed = closes(case, acting(world, "clinician"), now)

    assert (closed.urgency, closed.signed_by_id) == (2, supervisor.clinician_id)


def test_who_may_not_sign_a_class_cannot_end_what_nobody_signed(world, acting, case, now):
    clinician = acting(world, "clinician")
    with everywhere(because="the test makes a physician assistant", at=now):
        found = Clinician.objects.filter(pk=clinician.clinician_id)
        found.update(profession="physician_assistant")

    with pytest.raises(Refused, match="Nobody has signed that this is P1"):
        closes(case, clinician, now)
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=case.pk).state == "claimed"


def test_control_without_the_rule_it_would_end_unsigned(world, acting, case, now, monkeypatch):
    monkeypatch.setattr(signing, "must_be_signed", lambda urgency, is_signed: False)

    assert closes(case, acting(world, "clinician"), now).urgency_status == "provisional"


def test_a_planned_case_needs_no_signature_to_end(world, acting, now):
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)

    assert closes(case, acting(world, "clinician"), now).urgency_status == "provisional"


def test_the_button_says_what_the_press_signs_and_undoing_takes_the_name_back(
    world, acting, case, at_desk, now
):
    browser, clinician = at_desk("clinician"), acting(world, "clinician")
    before = text_of(browser.get(f"/triage/cases/{case.reference}/"))

    closed = closes(case, clinician, now)
    undone = perform(
        actions.undo_step, by=clinician, at=now, reference=case.reference, version=closed.version
    )
    after = text_of(browser.get(f"/triage/cases/{case.reference}/"))

    assert "Sign it as P1 and close the case" in before
    assert (undone.state, undone.urgency_status) == ("claimed", "provisional")
    assert "Sign it as P1 and close the case" in after
