"""Whether the patient came is said on the day, not before."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import Patient
from practices.rules.refusals import Refused
from tests.cases import SPOKE, submitted
from tests.crowded import booking_of
from tests.full_day import planned_ahead
from triage import actions
from triage.actions.attending import attend, miss
from triage.actions.undoing_marks import undo_mark
from triage.models import Case, CaseStep
from triage.rules.codes import Need, Outcome


@pytest.fixture
def booked(world, acting, now):
    desk = acting(world, "receptionist")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("gp_oak")[0]
    return perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)


def test_nobody_was_seen_the_day_before(booked, world, acting, now):
    with pytest.raises(Refused, match="later day"):
        perform(
            attend,
            by=acting(world, "gp_oak"),
            at=now - timedelta(days=1),
            public_id=str(booked.public_id),
        )


def test_a_patient_seen_early_on_the_day_counts(booked, world, acting, now):
    seen = perform(attend, by=acting(world, "gp_oak"), at=now, public_id=str(booked.public_id))

    assert seen.state == "attended"


@pytest.mark.parametrize("house", ["gp_oak", "clinician"])
@pytest.mark.parametrize(
    ("who", "needs", "cases"),
    [("child", [], 1), ("zoe", [], 0), ("zoe", ["carer_present"], 1)],
)
def test_who_was_not_brought_to_what_was_planned_is_a_case(
    world, acting, now, house, who, needs, cases
):
    """A child, and an adult at risk: who cannot come without somebody else."""
    slot = world.slots(house)[0]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients[who].pk).update(access_needs=needs)
    planned_ahead(world, who, slot, Need.FOLLOW_UP)
    booking = booking_of(world, who)
    perform(miss, by=acting(world, house), at=slot.starts_at, public_id=str(booking.public_id))

    with everywhere(because="the test looks", at=now):
        made = list(Case.objects.filter(patient=world.patients[who]))
        calls = CaseStep.objects.filter(case__in=made, step="call_for_help", code="child_missed")
        assert (len(made), calls.count()) == (cases, cases)


def test_a_child_whose_case_a_clinician_has_already_stays_with_them(world, acting, now):
    slot = world.slots("gp_oak")[0]
    planned_ahead(world, "child", slot, Need.FOLLOW_UP)
    case = submitted(world, acting, "child", Need.FOLLOW_UP, at=now)
    later = slot.starts_at
    perform(actions.claim, by=acting(world, "duty"), at=later, reference=case.reference)
    public_id = str(booking_of(world, "child").public_id)
    perform(miss, by=acting(world, "gp_oak"), at=later, public_id=public_id)

    with everywhere(because="the test looks", at=now):
        found = Case.objects.get(patient=world.patients["child"])
    assert (found.state, found.urgency) == ("claimed", 4)


def test_a_child_not_brought_to_what_a_case_left_behind_is_a_case_again(world, acting, now):
    case = submitted(world, acting, "child", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("gp_oak")[0]
    wish = {"reference": case.reference, "slot_id": slot.pk}
    visit = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    later = slot.ends_at + timedelta(minutes=5)
    submitted(world, acting, "child", Need.SORE_THROAT, words="Still sore", at=later)
    by = acting(world, "clinician")
    perform(actions.claim, by=by, at=later, reference=case.reference)
    wish = actions.OutcomeWish(
        Outcome.DENTAL, safety_net="Ring if worse", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, by=by, at=later, reference=case.reference, wish=wish)

    desk = {"by": acting(world, "receptionist"), "at": later}
    missed = perform(miss, public_id=str(visit.public_id), **desk)
    with everywhere(because="the test looks", at=now):
        states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    back = perform(undo_mark, public_id=str(visit.public_id), version=missed.version, **desk)

    assert states == ["closed", "waiting"]
    assert (back.booking.state, back.request_stays) == ("booked", True)
