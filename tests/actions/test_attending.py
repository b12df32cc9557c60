"""Whether the patient came is said on the day, not before."""

from datetime import timedelta

import pytest

from practices.doors import perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.actions.attending import attend
from triage.rules.codes import Need


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
