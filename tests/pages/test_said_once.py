"""A red flag is said once on the clinician's page, where it counts."""

import pytest
from django.test import Client

from practices import clock
from tests.cases import submitted
from triage.rules.codes import Need
from triage.rules.red_flags import BY_CODE

QUESTION = BY_CODE["heart_attack"].question


@pytest.mark.parametrize("ticked", [("heart_attack",), ()])
def test_a_flag_that_is_ticked_is_not_read_out_of_the_words_again(
    world, acting, now, monkeypatch, ticked
):
    monkeypatch.setattr(clock, "now", lambda: now)
    wish = {"words": "I have chest pain", "red_flags": ticked, "red_flags_asked": True}
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, **wish)
    clinic = Client()
    clinic.force_login(world.users["clinician"])

    page = clinic.get(f"/triage/cases/{case.reference}/").content.decode()

    assert page.count(QUESTION) == 1
    assert ("Read these words now" in page) is not bool(ticked)
