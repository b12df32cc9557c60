"""Passing over a rule is a clinician's word with a reason, also where no rule stands in the way."""

import pytest

from appointments.actions import OverrideWish
from appointments.models import Override
from practices.doors import everywhere, perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.models import Case
from triage.rules.codes import Need

BUSY = OverrideWish("clinical_need", "They are in pain")


@pytest.fixture
def wish(world, acting, now):
    """A place that is free for anybody."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    return {"reference": case.reference, "slot_id": world.slots("gp_oak")[0].pk, "at": now}


def test_the_desk_passes_over_no_rule(wish, world, acting):
    with pytest.raises(Refused, match="Only a clinician") as refusal:
        perform(actions.book, by=acting(world, "receptionist"), override=BUSY, **wish)

    assert refusal.value.code == "role"


def test_a_clinician_says_why(wish, world, acting):
    silent = OverrideWish("clinical_need", " . ")

    with pytest.raises(Refused, match="Enter why this rule is passed over"):
        perform(actions.book, by=acting(world, "duty"), override=silent, **wish)


def test_a_clinician_with_a_reason_books(wish, world, acting, now):
    perform(actions.book, by=acting(world, "duty"), override=BUSY, **wish)

    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(reference=wish["reference"]).state == "booked"


def test_a_rule_passed_over_is_on_record(world, acting, now):
    """Zoë said no to the hub; the duty clinician books her there all the same."""
    with everywhere(because="the test's set-up", at=now):
        world.patients["zoe"].declines_hub = True
        world.patients["zoe"].save()
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)

    perform(
        actions.book,
        by=acting(world, "duty"),
        at=now,
        reference=case.reference,
        slot_id=world.slots("clinician")[0].pk,
        override=BUSY,
    )

    with everywhere(because="the test looks", at=now):
        made = Override.objects.get()
        assert (made.rule, made.reason, made.by, made.organisation_id) == (
            "patient_declined",
            BUSY.reason,
            world.users["duty"],
            world.hub.pk,
        )
        assert (made.case_ref, made.until_at) == (
            case.reference,
            world.slots("clinician")[0].ends_at,
        )
