"""An appointment planned ahead becomes a case although its patient asked for nothing."""

import pytest

from appointments.models import Booking
from appointments.queries.rota_changes import Affected
from practices.doors import everywhere, perform
from practices.models import Message
from tests.cases import submitted
from triage import actions
from triage.actions.rota_changes import requeue
from triage.rules.codes import Need


@pytest.fixture
def planned(world, acting, now):
    """Tam's appointment at the own practice, without a case and without a word said so far."""
    case = submitted(world, acting, "tam", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[-1].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    with everywhere(because="the test's set-up", at=now):
        zoe = world.patients["zoe"]
        Booking.objects.update(case_ref="", patient=zoe, person_key=zoe.person_key)
        return Booking.objects.get()


def test_nobody_is_thanked_for_a_request_they_never_made(planned, world, acting, now):
    gone = Affected(planned.pk, planned.public_id, "", "booked", planned.starts_at)
    case = perform(requeue, by=acting(world, "receptionist"), at=now, gone=gone, case=None)

    with everywhere(because="the test looks", at=now):
        assert case.patient_id == world.patients["zoe"].pk
        assert not Message.objects.filter(case_ref=case.reference).exists()
