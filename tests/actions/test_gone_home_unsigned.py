"""Patients nobody has signed: a lost place is replaced by somebody who sees as much."""

import pytest

from appointments.models import Booking, Slot
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Patient
from tests.full_day import overfill, planned_ahead
from tests.invariants import broken, past_limit
from triage import actions
from triage.actions.gone_home import go_home
from triage.models import Case, Rehoming
from triage.queries import replaced
from triage.rules.codes import Need
from triage.tasks import rehome


@pytest.fixture
def child(world, acting, now, monkeypatch):
    """Dr Oak sees Finn's tummy at half past twelve: planned ahead, and no protocol is for it."""
    monkeypatch.setattr(clock, "now", lambda: now)
    planned_ahead(world, "child", world.slots("gp_oak")[-2], Need.ABDOMINAL)
    overfill(world, acting)
    return world


def _gone(world, acting, now):
    wish = {"clinician_id": world.clinicians["gp_oak"].pk, "from_at": on(now.date(), 12)}
    by = acting(world, "receptionist")
    return perform(go_home, by=by, at=now, reason="unwell", **wish)


def _line(world, now):
    with everywhere(because="the test looks", at=now):
        return Rehoming.objects.select_related("now__clinician", "case").get(
            case__patient=world.patients["child"]
        )


def test_a_gps_patient_goes_to_a_gp_though_an_anp_is_free(child, acting, now):
    rehome(gone_home_id=_gone(child, acting, now).pk)

    line = _line(child, now)
    assert (line.outcome, line.now.clinician.profession) == ("placed", "gp")
    assert line.case.urgency_status == "provisional"
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_where_no_gp_is_free_the_patient_keeps_an_owner(child, acting, now):
    with everywhere(because="the test takes the GPs' places away", at=now):
        gps = Slot.objects.filter(clinician__profession="gp")
        gps.exclude(clinician=child.clinicians["gp_oak"]).update(status="withdrawn")

    rehome(gone_home_id=_gone(child, acting, now).pk)

    line = _line(child, now)
    assert (line.outcome, line.case.state, line.case.escalated) == ("duty", "waiting", 50)
    assert broken(at=now) == []


def test_who_called_again_meanwhile_is_read_first(child, acting, now):
    left = _gone(child, acting, now)
    wish = actions.CaseWish(
        patient_id=child.patients["child"].pk, need=Need.ABDOMINAL, words="it is worse now"
    )
    perform(actions.submit, by=acting(child, "receptionist"), at=now, wish=wish)

    rehome(gone_home_id=left.pk)

    assert _line(child, now).now is None


def test_what_was_said_after_the_plan_is_asked_again_under_lock(child, acting, now, monkeypatch):
    """The guard in the action itself: the planner was told the patient could be placed."""
    left = _gone(child, acting, now)
    asked = []

    def once_only(lines):
        asked.append(lines)
        return found(lines) if len(asked) == 1 else {}

    found = replaced.professions_replaced
    monkeypatch.setattr("triage.queries.gone_home.professions_replaced", once_only)
    monkeypatch.setattr("triage.actions.gone_home.professions_replaced", once_only)
    rehome(gone_home_id=left.pk)

    line = _line(child, now)
    assert (line.now, line.why[0]["text"]) == (
        None,
        "Tummy waits for a clinician: it has no protocol",
    )


def test_a_patient_who_needs_that_clinician_is_a_persons_to_place(child, acting, now):
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=child.patients["child"].pk).update(continuity="red")

    rehome(gone_home_id=_gone(child, acting, now).pk)

    assert _line(child, now).now is None
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.filter(patient=child.patients["child"], state="booked").count() == 0
        assert Case.objects.get(patient=child.patients["child"]).state == "waiting"
