"""Whom a machine never places: what was arranged, and who hears of a place from a person alone."""

import pytest

from networks.actions.rebalance import ask_rebalance
from networks.tasks import rebalance
from networks.tasks.rebalancing import REBALANCER
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Patient
from practices.rules.refusals import Conflict
from tests.cases import submitted
from triage import actions
from triage.actions import automatic
from triage.actions.automatic import place_waiting
from triage.models import Case
from triage.queries import waiting_cases
from triage.rules.codes import Need


@pytest.fixture
def waiting(world, acting, now, monkeypatch):
    """A case that a machine would place."""
    monkeypatch.setattr(clock, "now", lambda: now)
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(
            urgency=4, due_at=clock.on(now.date(), 18), bookable_now=True, phone="07700 900123"
        )
    return case


def _looked_at(world, acting, now):
    manager = acting(world, "manager")
    run = perform(ask_rebalance, by=manager, at=now, network_id=world.network.pk, apply="safe")
    rebalance(run_id=run.pk, network_id=world.network.pk)
    with everywhere(because="the test looks", at=now):
        return Case.objects.get().state


FOR_PEOPLE = {
    "an interpreter comes": (Case, {"access_needs": ["interpreter"]}),
    "a signer comes": (Patient, {"access_needs": ["bsl"]}),
    "a chaperone comes": (Case, {"access_needs": ["chaperone"]}),
    "a carer comes": (Patient, {"access_needs": ["carer_present"]}),
    "two together": (Case, {"access_needs": ["double_time"]}),
    "one clinician only": (Patient, {"continuity": "red"}),
    "confidential": (Case, {"is_confidential": True}),
    "not safe to text": (Case, {"safe_to_text": False}),
    "wants no texts": (Patient, {"access_needs": ["no_text"]}),
    "a letter is read": (Patient, {"access_needs": ["large_print"]}),
    "no number": (Case, {"phone": ""}),
    "a landline": (Case, {"phone": "020 7946 0018"}),
}


def test_who_needs_nobody_is_placed(world, waiting, acting, now):
    assert _looked_at(world, acting, now) == "booked"


@pytest.mark.parametrize("why", FOR_PEOPLE)
def test_who_needs_a_person_waits_for_one(world, waiting, acting, now, why):
    _mark(why, now)

    assert _looked_at(world, acting, now) == "waiting"


@pytest.mark.parametrize("why", ["an interpreter comes", "one clinician only", "no number"])
def test_it_is_asked_again_under_lock(world, waiting, now, why):
    _mark(why, now)

    with pytest.raises(Conflict, match="A person finds this patient a place"):
        _place(world, waiting, now)


def test_control_without_the_questions_an_interpreted_contact_is_placed(
    world, waiting, acting, now, monkeypatch
):
    _mark("an interpreter comes", now)
    for module in (waiting_cases, automatic):
        monkeypatch.setattr(module, "arranged_by_people", lambda case: "")

    assert _looked_at(world, acting, now) == "booked"


def test_a_place_held_at_the_desk_keeps_the_machine_away(world, waiting, acting, now):
    _hold(world, waiting, acting, now)

    with pytest.raises(Conflict, match="Somebody is looking after"):
        _place(world, waiting, now)
    assert _looked_at(world, acting, now) == "waiting"


def test_a_hold_that_ran_out_keeps_nobody_away(world, waiting, acting, now):
    held = _hold(world, waiting, acting, now)

    _place(world, waiting, held.expires_at)

    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().state == "booked"


def test_control_without_the_question_a_held_case_is_placed(
    world, waiting, acting, now, monkeypatch
):
    _hold(world, waiting, acting, now)
    monkeypatch.setattr(automatic, "live_hold", lambda holds, at: None)

    assert _looked_at(world, acting, now) == "booked"


def _hold(world, case, acting, now):
    slot = world.slots("gp_oak")[3]
    desk = acting(world, "receptionist")
    return perform(actions.hold, by=desk, at=now, reference=case.reference, slot_id=slot.pk)


def _mark(why, now):
    model, fields = FOR_PEOPLE[why]
    with everywhere(because="the test's set-up", at=now):
        model.objects.update(**fields)


def _place(world, case, now):
    wish = {"reference": case.reference, "slot_id": world.slots("clinician")[2].pk, "reasons": []}
    return perform(place_waiting, by=REBALANCER, at=now, **wish)
