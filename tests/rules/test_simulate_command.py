"""The door of the simulator: what it prints, and how it refuses."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from networks.rules.simulation.tables import COLUMNS


def printed(*words):
    out = io.StringIO()
    call_command("simulate", *words, stdout=out)
    return out.getvalue()


def test_the_table_has_every_figure_of_every_policy():
    found = json.loads(printed("--policies", "none,fcfs", "--days", "2", "--json"))
    rows = found["as it is"]["rows"]

    assert [row["policy"] for row in rows] == ["none", "fcfs"]
    assert all(set(row["figures"]) == set(COLUMNS) for row in rows)


def test_the_deferred_stand_first_in_the_printed_table():
    lines = printed("--policies", "none", "--days", "2", "--seed", "4").splitlines()

    assert lines[0] == "as it is: 2 days, seed 4"
    assert lines[3].startswith("deferred routine (P6)")


def test_an_unknown_policy_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="there is no best"):
        printed("--policies", "best")
