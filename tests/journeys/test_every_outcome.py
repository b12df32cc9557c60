"""Every outcome of the list in three presses at most, from the case a clinician has before them."""

from datetime import timedelta

import pytest

from practices import clock
from practices.actions import disclose
from practices.clock import on
from practices.doors import everywhere, perform
from tests.cases import filled_queue, submitted
from tests.invariants import broken
from tests.journeys.steps import Steps
from tests.world import SETUP
from triage import actions
from triage.actions.attending import arrive, miss
from triage.models import Case, CaseOutcome, ContactAttempt
from triage.rules.closing import WITHOUT_CONTACT, WITHOUT_RECORD
from triage.rules.codes import Need, Outcome, Urgency

MOST = 3
# The patient's own practice sees them without an appointment of ours; a hub does not.
AT_PRACTICE = Outcome.BOOKED_PRACTICE
# Who was seen at the hub is booked there; all else is a case this clinician has claimed.
BOOKED = frozenset({Outcome.BOOKED_HUB, Outcome.NOT_BROUGHT})


@pytest.fixture
def now(now, monkeypatch):
    """Half past ten: the appointment of ten o'clock is over."""
    later = on(now.date(), 10, 30)
    monkeypatch.setattr(clock, "now", lambda: later)
    return later


@pytest.fixture
def cases(committed_world, acting, now):
    """A case for each outcome that can end by it, in the hands of who ends it."""
    world = committed_world
    ordinary = [one for one in Outcome if one not in BOOKED]
    waiting = filled_queue(world, len(ordinary), at=now - timedelta(minutes=35))
    _hub_may_read(world, waiting, now)
    made = dict(zip(ordinary, waiting, strict=True))
    # A pharmacy treats nobody who is urgent, unless a note says why.
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=made[Outcome.PHARMACY].pk).update(urgency=5)
    for outcome, case in made.items():
        who = acting(world, "duty" if outcome is AT_PRACTICE else "clinician")
        perform(actions.claim, by=who, at=now, reference=case.reference)
    _rung_three_times(made[Outcome.NO_CONTACT], acting(world, "clinician"), now)
    for outcome, who, what in (
        (Outcome.BOOKED_HUB, "tam", arrive),
        (Outcome.NOT_BROUGHT, "child", miss),
    ):
        made[outcome] = _booked_at_ten(world, acting, who, now)
        with everywhere(because="the test's set-up", at=now):
            key = Case.objects.get(pk=made[outcome].pk).booking.public_id
        perform(what, by=acting(world, "clinician"), at=now, public_id=str(key))
    missed = made[Outcome.NOT_BROUGHT].reference
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=missed)
    return made


def _hub_may_read(world, waiting, now):
    with everywhere(because="the test's set-up", at=now):
        for case in waiting:
            disclose(
                patient=case.patient,
                organisation_id=world.hub.pk,
                because=case.reference,
                by=SETUP,
                at=now,
            )


def _rung_three_times(case, by, now):
    with everywhere(because="the test's set-up", at=now):
        for minutes, channel in ((32, "phone"), (16, "text"), (0, "phone")):
            at = now - timedelta(minutes=minutes)
            ContactAttempt.objects.create(
                case=case, at=at, by_id=by.user_id, channel=channel, answered=False, met="nobody"
            )


def _booked_at_ten(world, acting, who, now):
    earlier = now - timedelta(hours=1)
    case = submitted(world, acting, who, Need.SKIN_RASH, at=earlier)
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=earlier, **sign)
    place = world.slots("clinician")[0 if who == "tam" else 1].pk
    wish = {"reference": case.reference, "slot_id": place, "overflow_reason": "patient_choice"}
    perform(actions.book, by=acting(world, "receptionist"), at=earlier, **wish)
    return case


def _spoke(outcome):
    """Whom the press names; nothing is asked of who came to the appointment."""
    if outcome is Outcome.BOOKED_HUB:
        return ""
    return "Nobody" if outcome in WITHOUT_CONTACT else "The patient, by phone"


def test_every_outcome_costs_three_presses_at_most(seat, committed_world, cases, now):
    desks = {True: seat("duty"), False: seat("clinician")}
    steps = Steps("From the case to its outcome")

    for outcome, case in cases.items():
        desk = desks[outcome is AT_PRACTICE]
        desk.page.goto(f"/triage/cases/{case.reference}/")
        with steps.step(desk, outcome.label):
            record = "" if outcome in WITHOUT_RECORD else "Shared"
            desk.closes_with(outcome.label, record=record, spoke=_spoke(outcome))
    print(steps.table())

    costs = {one.name: one.interactions for one in steps.taken}
    assert costs == {one.label: MOST - (one in WITHOUT_RECORD) for one in cases}
    with everywhere(because="the test looks", at=now):
        ended = dict(CaseOutcome.objects.values_list("code", "case_id"))
    assert ended == {one.value: case.pk for one, case in cases.items()}
    assert set(cases) == set(Outcome)
    assert broken(at=now) == []
    for desk in desks.values():
        desk.found_no_barrier()
