"""Whoever does something with a case they have keeps it: a call may last longer than a lease."""

from datetime import timedelta

import pytest

from practices.doors import perform
from triage import actions
from triage.actions.taking import take_my_next
from triage.rules.codes import Urgency

TRIED = {"channel": "phone", "answered": True}
STEPS = {
    "an attempt": (actions.record_attempt, TRIED),
    "a class": (actions.change_class, {"urgency": Urgency.P2, "reason": "Worse since then"}),
}


def minutes(number):
    return timedelta(minutes=number)


@pytest.mark.parametrize(("action", "wish"), STEPS.values(), ids=STEPS)
def test_a_step_of_whoever_has_it_keeps_the_case_for_a_lease(
    claimed, clinician, world, acting, now, action, wish
):
    """Taken at 0, answered at 14: at 16 they still speak with each other."""
    wish = {"reference": claimed.reference, **wish}

    done = perform(action, by=clinician, at=now + minutes(14), **wish)

    assert done.lease_until == now + minutes(14) + actions.LEASE
    supervisor = acting(world, "supervisor")
    assert perform(take_my_next, by=supervisor, at=now + minutes(16)) is None


def test_what_somebody_else_does_keeps_it_no_longer(claimed, world, acting, now):
    wish = {"reference": claimed.reference, **TRIED}

    done = perform(actions.record_attempt, by=acting(world, "duty"), at=now + minutes(10), **wish)

    assert done.lease_until == claimed.lease_until


def test_a_lease_that_ran_out_does_not_come_back_by_itself(claimed, clinician, world, acting, now):
    wish = {"reference": claimed.reference, **TRIED}
    late = now + actions.LEASE

    done = perform(actions.record_attempt, by=clinician, at=late, **wish)

    assert done.lease_until == claimed.lease_until
    assert perform(take_my_next, by=acting(world, "supervisor"), at=late) is not None


def test_taken_back_the_step_leaves_the_case_as_long(claimed, clinician, now):
    wish = {"reference": claimed.reference}
    done = perform(actions.record_attempt, by=clinician, at=now + minutes(14), **wish, **TRIED)

    undone = perform(actions.undo_step, by=clinician, at=now + minutes(14), **wish)

    assert undone.lease_until == done.lease_until
