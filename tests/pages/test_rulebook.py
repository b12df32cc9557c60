"""The rule book tells everybody the same numbers the rules use."""

import re

import pytest

from tests.leads import drafted, released, second_lead
from triage.rules.codes import Need
from triage.rules.need_defaults import OLDEST, Protocol
from triage.rules.protocol_entries import entry_of_protocol
from triage.rules.released import Kind


def cells_beside(words, page):
    """What stands in the cell after the one with the words."""
    after = page.split(words, 1)[1].split("<td", 1)[1].split("</td>", 1)[0]
    return re.sub(r"<[^>]*>", " ", after.split(">", 1)[1]).split()[-1]


@pytest.mark.parametrize("role", ["receptionist", "clinician", "manager"])
def test_everybody_reads_the_rules(world, client, role):
    client.force_login(world.users[role])

    page = client.get("/triage/rules/").content.decode()

    assert cells_beside("Complex", page) == "2.5"
    assert cells_beside("Plans: each minute of travel", page) == "40"


def test_what_waits_for_a_second_lead_is_said_to_them_alone(world, client, acting, now):
    second_lead(world)
    drafted(world, acting, at=now)
    waits = "Waiting for a second lead: you (1)"

    said = {}
    for role in ("second_lead", "clinical_lead", "receptionist"):
        client.force_login(world.users[role])
        said[role] = client.get("/triage/rules/").content.decode()

    assert [role for role, page in said.items() if waits in page] == ["second_lead"]
    assert "Hiccups for two days" in said["second_lead"]
    assert "drafted by Clinical Lead" in said["second_lead"].replace("Drafted", "drafted")


def test_the_protocol_two_leads_signed_is_the_one_shown(world, client, acting, now):
    client.force_login(world.users["receptionist"])
    second_lead(world)
    after = entry_of_protocol(Need.EAR_PAIN, Protocol(7, OLDEST), is_signed=True)
    released(world, acting, after, at=now, kind=Kind.PROTOCOLS)

    page = client.get("/triage/rules/").content.decode()

    assert "anyone aged 7 or over" in page


def test_a_session_and_each_stage_of_training_have_their_numbers(world, client):
    client.force_login(world.users["practice_manager"])

    page = client.get("/triage/rules/").content.decode()

    gp = [re.sub(r"<[^>]*>", " ", cell).split() for cell in _row_of(page, "GP")]
    first_year = _row_of(page, "GP registrar, First year (ST1)")
    assert [words[-1] for words in gp] == ["25", "12.5", "15"]
    assert [re.sub(r"<[^>]*>", " ", cell).split()[-1] for cell in first_year] == ["10", "5", "30"]
    assert "/practices/limits/" in page


def _row_of(page, name):
    """The cells after the one that says exactly the name."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    for row in rows:
        cells = re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        if cells and re.sub(r"<[^>]*>", " ", cells[0]).strip().endswith(name):
            return cells[1:]
    raise AssertionError(name)
