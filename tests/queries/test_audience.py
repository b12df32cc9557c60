"""A session kept for one practice is refused to the other's patients, with its reason."""

import pytest

from appointments.models import Session
from practices.doors import everywhere, opened
from tests.cases import submitted
from triage.queries.options import options
from triage.rules.codes import Need


@pytest.mark.parametrize(("code", "refused"), [("OAK1", False), ("ELM1", True)])
def test_a_hub_session_is_for_those_it_names(world, acting, now, code, refused):
    with everywhere(because="the test's set-up", at=now):
        Session.objects.filter(hub=world.hub).update(
            audience={"organisations": [code], "types": None}
        )
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)

    with opened(acting(world, "receptionist").reach, at=now):
        choices = options(case.reference, at=now)

    at_hub = {no.code for no in choices.refused if no.candidate.site == "Riverside hub"}
    assert ("audience" in at_hub) is refused
