"""A place that has ended is a person's to give again, until a clinician signs the case anew."""

import pytest
from django.db.models import Value

from appointments.models import Booking
from networks.actions.rebalance import ask_rebalance
from networks.tasks import rebalance
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from triage import actions
from triage.actions.automatic import undo_placement
from triage.models import Case, CaseStep
from triage.queries import waiting_cases as waiting
from triage.rules.codes import Need, Urgency


@pytest.fixture
def placed(world, acting, now, monkeypatch):
    """A grown-up's case that a machine has given a place at the hub."""
    monkeypatch.setattr(clock, "now", lambda: now)
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(
            urgency=4, due_at=clock.on(now.date(), 18), bookable_now=True, phone="07700 900123"
        )
    _look(world, acting, now)
    assert _state(now) == "booked"
    return world


def _look(world, acting, now):
    manager = acting(world, "manager")
    run = perform(ask_rebalance, by=manager, at=now, network_id=world.network.pk, apply="safe")
    rebalance(run_id=run.pk, network_id=world.network.pk)


def _state(now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get().state


def _booking(now):
    with everywhere(because="the test looks", at=now):
        return str(Booking.objects.get(state="booked").public_id)


def _cancelled(world, acting, now):
    desk = acting(world, "receptionist")
    perform(
        actions.cancel_booking, by=desk, at=now, public_id=_booking(now), because="patient_asked"
    )


def _undone(world, acting, now):
    perform(undo_placement, by=acting(world, "receptionist"), at=now, public_id=_booking(now))


def _missed(world, acting, now):
    """The row is written as missing it leaves it: the case waits, its class stands."""
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(state="missed")
        case = Case.objects.get()
        Case.objects.update(state="waiting", booking=None)
        CaseStep.objects.create(
            case=case,
            at=now,
            step="unbook",
            from_state="booked",
            to_state="waiting",
            urgency=case.urgency,
            code="missed",
        )


@pytest.mark.parametrize("end", [_cancelled, _undone, _missed])
def test_who_lost_a_place_gets_no_other_by_machine(placed, acting, now, end):
    end(placed, acting, now)

    _look(placed, acting, now)

    assert _state(now) == "waiting"


def test_control_without_the_last_word_it_is_booked_again(placed, acting, now, monkeypatch):
    _cancelled(placed, acting, now)
    monkeypatch.setattr(waiting, "_last_word", lambda: Value(""))

    _look(placed, acting, now)

    assert _state(now) == "booked"


def test_a_clinician_who_signs_it_since_lets_the_machine_look_again(placed, acting, now):
    _cancelled(placed, acting, now)
    reference = _reference(now)
    doctor = acting(placed, "supervisor")
    perform(actions.claim, by=doctor, at=now, reference=reference)
    perform(
        actions.change_class,
        by=doctor,
        at=now,
        reference=reference,
        urgency=Urgency.P4,
        reason="seen the notes",
    )
    perform(actions.release, by=doctor, at=now, reference=reference)

    _look(placed, acting, now)

    assert _state(now) == "booked"


def _reference(now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get().reference
