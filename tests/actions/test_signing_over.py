"""Who has a case signs its class: over them few lower or confirm it, and anybody raises it."""

import pytest

from practices.doors import perform
from practices.rules.refusals import Conflict
from practices.rules.roles import Role
from tests.cases import submitted
from tests.teams import joined
from triage import actions
from triage.rules.codes import Need, Urgency


@pytest.fixture
def held(world, acting, now):
    """A P3 that the hub's clinician has, and a second GP at the hub."""
    joined(world, "second_gp", role=Role.CLINICIAN, profession="gp")
    case = submitted(world, acting, "zoe", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    return case


def signs(case, by, at, urgency):
    wish = {"reference": case.reference, "urgency": urgency, "reason": "Spoke to her"}
    return perform(actions.change_class, by=by, at=at, **wish)


@pytest.mark.parametrize("step", [0, 2], ids=["confirms", "lowers"])
@pytest.mark.parametrize("who", ["clinician", "supervisor", "duty"])
def test_who_has_it_supervises_it_or_is_on_duty_signs_it(world, acting, held, now, who, step):
    urgency = Urgency(f"P{held.urgency + step}")

    assert signs(held, acting(world, who), now, urgency).urgency == urgency.rank


@pytest.mark.parametrize("step", [0, 2], ids=["confirms", "lowers"])
def test_a_colleague_is_told_who_has_it(world, acting, held, now, step):
    with pytest.raises(Conflict, match="Clinician has this case. Ask them to change its class"):
        signs(held, acting(world, "second_gp"), now, Urgency(f"P{held.urgency + step}"))


@pytest.mark.parametrize("urgency", [Urgency.P0, Urgency.P1])
def test_anybody_clinical_raises_it(world, acting, held, now, urgency):
    raised = signs(held, acting(world, "second_gp"), now, urgency)

    assert (raised.urgency, raised.urgency_status) == (urgency.rank, "signed")


def test_once_nobody_has_it_any_more_a_colleague_signs_it(world, acting, held, now):
    later = now + actions.LEASE

    assert signs(held, acting(world, "second_gp"), later, Urgency.P5).urgency == 5
