"""The rule book tells everybody the same numbers the rules use."""

import re

import pytest

from practices.doors import everywhere
from triage.models import ProtocolNeed


def cells_beside(words, page):
    """What stands in the cell after the one with the words."""
    after = page.split(words, 1)[1].split("<td", 1)[1].split("</td>", 1)[0]
    return re.sub(r"<[^>]*>", " ", after.split(">", 1)[1]).split()[-1]


@pytest.mark.parametrize("role", ["receptionist", "clinician", "manager"])
def test_everybody_reads_the_rules(world, client, role):
    client.force_login(world.users[role])

    page = client.get("/triage/rules/").content.decode()

    assert cells_beside("Complex", page) == "2.5"


def test_the_hubs_signed_protocol_is_the_one_shown(world, client, now):
    client.force_login(world.users["receptionist"])
    with everywhere(because="the test's set-up", at=now):
        ProtocolNeed.objects.filter(need="ear_pain").update(min_age=7)

    page = client.get("/triage/rules/").content.decode()

    assert "anyone aged 7 or over" in page
